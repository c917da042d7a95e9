using System.Text.Json;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class QuoteInMemoryTests() : QuoteTests(StoreKind.InMemory, seeds: 60);

public sealed class QuoteOnSqliteTests() : QuoteTests(StoreKind.Sqlite, seeds: 5);

public sealed class QuoteOnPostgreSqlTests() : QuoteTests(StoreKind.PostgreSql, seeds: 5);

public abstract class QuoteTests(StoreKind store, int seeds) : EveryStore(store)
{
    private static readonly PaymentToken[] Tokens =
        [ScriptedTokens.Visa, ScriptedTokens.Declined, ScriptedTokens.Challenge, ScriptedTokens.Processing, ScriptedTokens.LostAfter, ScriptedTokens.Partial];

    [Fact]
    [Parity("BEY-11")]
    public async Task WhatIsQuoted_IsCarriedOut_InWhateverStateTheBooksAre_AndQuotingChangesNothing()
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var host = OpenWith(new()
            {
                PendingPayments = (PendingPaymentRule)random.Next(3), AllowPartialPayments = random.Next(4) > 0, DuplicateWindow = TimeSpan.FromSeconds(random.Next(90)),
            });
            await host.IssueAsync(random.Next(5) == 0 ? 0 : random.Next(1, 2_000));
            if (random.Next(2) == 0) await host.SaveMethodAsync("pm_1", isDefault: true);

            var payments = new List<PaymentId>();
            for (var step = 0; step < 14; step++)
            {
                var command = AnyCommand(random, payments);
                var before = await BooksAsync(host);
                var plan = await host.Service.QuoteAsync(command, Token);
                Assert.Equal(before, await BooksAsync(host));

                var answer = await ExecuteAsync(host, command);
                IsWhatWasQuoted(plan, answer, $"seed {seed}, step {step}: {command}");
                if (answer.Payment is { } payment) payments.Add(payment.Id);
                host.Time.Advance(TimeSpan.FromSeconds(random.Next(200)));
            }
        }
    }

    [Fact]
    [Parity("BEY-11")]
    public async Task AQuote_TellsAmountAllocationAndGateway_OrTheRefusal()
    {
        await Host.IssueAsync(1250);
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k1", Amount = Eur(1000), Gateway = Test, Token = ScriptedTokens.Visa };

        var asks = Assert.IsType<PaymentPlan.AsksGateway>(await Host.Service.QuoteAsync(pay, Token));
        Assert.Equal((Eur(1000), PaymentAllocation.To(Inv, Eur(1000)), Test), (asks.Operation.Amount, asks.Operation.Allocation, asks.Operation.Gateway!.Value));
        Assert.Equal(Eur(250), Assert.Single(asks.Invoices).Payable);

        var refused = Assert.IsType<PaymentPlan.Refused>(await Host.Service.QuoteAsync(pay with { Amount = Eur(1251) }, Token));
        Assert.Equal(Rejection.AmountExceedsPayable, refused.Why);

        var records = Assert.IsType<PaymentPlan.Records>(
            await Host.Service.QuoteAsync(new RecordOfflinePayment { InvoiceId = Inv, Key = "c1", Method = OfflineMethod.Cash }, Token));
        Assert.Equal(InvoiceStatus.Paid, records.Answer.Invoice!.Status);
        Assert.Equal(InvoiceStatus.Open, (await Host.InvoiceAsync()).Status);
        Assert.Empty(Host.Gateway.Calls);
    }

    private static IDecidable<PaymentResult> AnyCommand(Random random, List<PaymentId> payments)
    {
        var key = $"k{random.Next(12)}";
        Money? amount = random.Next(3) == 0 ? null : Eur(random.Next(-1, 1_500));
        return random.Next(6) switch
        {
            0 => new RecordOfflinePayment { InvoiceId = Inv, Key = key, Method = OfflineMethod.Cash, Amount = amount },
            1 when payments.Count > 0 => new RefundPayment { PaymentId = payments[random.Next(payments.Count)], Key = key, Amount = amount, ReopenInvoice = random.Next(2) == 0 },
            2 => new CreatePayment { InvoiceId = Inv, Key = key, Account = random.Next(4) == 0 ? Bob : Ada, Reference = "r", Amount = amount },
            3 => new PayInvoice { InvoiceId = Inv, Key = key, Amount = amount },
            _ => new PayInvoice { InvoiceId = Inv, Key = key, Amount = amount, Gateway = Test, Token = Tokens[random.Next(Tokens.Length)] },
        };
    }

    private static Task<PaymentResult> ExecuteAsync(PaymentHost host, IDecidable<PaymentResult> command) => command switch
    {
        RecordOfflinePayment cash => host.Service.RecordOfflinePaymentAsync(cash, Token),
        RefundPayment refund => host.Service.RefundAsync(refund, Token),
        CreatePayment create => host.Service.CreatePaymentAsync(create, Token),
        _ => host.Service.PayAsync((PayInvoice)command, Token),
    };

    private static void IsWhatWasQuoted(PaymentPlan plan, PaymentResult answer, string story)
    {
        switch (plan)
        {
            case PaymentPlan.Refused no:
                Assert.True(answer is PaymentResult.Rejected said && (said.Why, said.Detail) == (no.Why, no.Detail), story);
                break;
            case PaymentPlan.Repeats earlier:
                Assert.True(answer.IsReplay && answer.Operation!.Id == earlier.Answer.Operation!.Id && answer.Status == earlier.Answer.Status, story);
                break;
            case PaymentPlan.FindsOut known:
                Assert.True(answer.Operation!.Id == known.Operation.Id, story);
                break;
            case PaymentPlan.Records now:
                Assert.True(answer is PaymentResult.Succeeded && Text(answer.Operation!) == Text(now.Answer.Operation!), story);
                Assert.True(Text(answer.Payment!) == Text(now.Answer.Payment!), story);
                break;
            case PaymentPlan.AsksGateway asks:
                var (planned, done) = (asks.Operation, answer.Operation!);
                Assert.True(
                    (planned.Id, planned.Kind, planned.Amount, planned.Allocation, planned.Gateway) == (done.Id, done.Kind, done.Amount, done.Allocation, done.Gateway),
                    story);
                Assert.False(answer.IsReplay, story);
                break;
        }
    }

    private static async Task<string> BooksAsync(PaymentHost host) => string.Join(
        '\n',
        Text(await host.InvoiceAsync()),
        Text(await host.Service.ListOperationsAsync(Inv, cancellationToken: Token)),
        Text(await host.Service.ListFactsAsync(Inv, cancellationToken: Token)),
        host.Gateway.Calls.Count);

    private static string Text<T>(T row) => JsonSerializer.Serialize(row);
}
