using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class AccountCreditInMemoryTests() : AccountCreditTests(StoreKind.InMemory);

public sealed class AccountCreditOnSqliteTests() : AccountCreditTests(StoreKind.Sqlite);

public sealed class AccountCreditOnPostgreSqlTests() : AccountCreditTests(StoreKind.PostgreSql);

public abstract class AccountCreditTests(StoreKind store) : EveryStore(store)
{
    private static readonly InvoiceId Grant = new("cg_1");
    private static readonly PaymentPolicy Keeping = new() { Overpayments = OverpaymentRule.KeepAsCredit };

    [Fact]
    [Parity("BRL-11")]
    public async Task ACreditGrant_OncePaid_IsCreditOnTheAccount()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = Grant, Kind = PayableKind.CreditGrant, Account = Ada, Total = Eur(1000) }, Token);
        Assert.Equal(Eur(0), await AvailableAsync(Host));
        Assert.IsType<PaymentResult.Declined>(await PayGrantAsync(Host, "k0", token: ScriptedTokens.Declined));
        Assert.Equal(Eur(0), await AvailableAsync(Host));

        await PayGrantAsync(Host, "k1", Eur(300));
        await PayGrantAsync(Host, "k2");
        Assert.Equal(Eur(1000), await AvailableAsync(Host));
        Assert.Equal(Eur(0), (await Host.Service.GetCreditAsync(Bob, Currency.EUR, cancellationToken: Token)).Available);
        Assert.Equal(Eur(1000), Host.Gateway.Ledger.Total(Currency.EUR));
        Assert.Equal([Eur(300), Eur(700)], (await FactsAsync(Host)).Select(f => Assert.IsType<CreditEvent.Added>(f).Amount));
    }

    [Fact]
    [Parity("BRL-11")]
    public async Task WhatAGrantBrought_IsTakenBackWhenItIsRefunded_AndOnceSpentItCannotBe()
    {
        await GrantAsync(Host, 1000);
        await Host.IssueAsync(400);
        await PayAsync(Host, "k1");
        var paid = (await Host.Service.ListOperationsAsync(Grant, cancellationToken: Token)).Items[0].Payment;

        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await Host.RefundAsync(paid, "r1", Eur(601))));
        Assert.IsType<PaymentResult.Succeeded>(await Host.RefundAsync(paid, "r2"));
        Assert.Equal(Eur(0), await AvailableAsync(Host));
        Assert.Equal(Eur(400), Host.Gateway.Ledger.Total(Currency.EUR));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task WhenAsked_TheAccountsCreditPaysFirst_AndTheCardOnlyTheRest()
    {
        await GrantAsync(Host, 400);
        await Host.IssueAsync(1000);
        var paid = await PayAsync(Host, "k1");

        Assert.Equal((Eur(600), Eur(400)), (paid.Operation!.Amount, paid.CreditOperation!.Amount));
        Assert.Equal((InvoiceStatus.Paid, OperationStatus.Succeeded), (paid.Invoice!.Status, paid.CreditOperation.Status));
        Assert.Equal(Eur(1000), Host.Gateway.Ledger.Total(Currency.EUR));
        Assert.Equal(Eur(0), await AvailableAsync(Host));
        Assert.Equal([OperationKind.Credit, OperationKind.Charge], (await Host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items.Select(o => o.Kind));

        var again = await PayAsync(Host, "k1");
        Assert.True(again.IsReplay);
        Assert.Equal(paid.CreditOperation.Id, again.CreditOperation!.Id);
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await Host.PayAsync("k1")));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task WhatCreditCoversAlone_NeedsNoMethodAndNoGateway_AndUnaskedItIsLeftAlone()
    {
        await GrantAsync(Host, 1000);
        await Host.IssueAsync(300);
        var calls = Host.Gateway.Calls.Count;
        var paid = await Host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", ApplyBalance = true }, Token);

        Assert.Equal((PaymentMode.Credit, OperationKind.Credit), (paid.Payment!.Mode, paid.Operation!.Kind));
        Assert.Equal((Eur(300), calls), (paid.Payment.Captured, Host.Gateway.Calls.Count));
        Assert.True((await Host.Service.PayAsync(new() { InvoiceId = Inv, Key = "k1", ApplyBalance = true }, Token)).IsReplay);

        await Host.IssueAsync(100, "inv_2");
        await Host.PayAsync("k2", id: "inv_2");
        Assert.Equal(Eur(700), await AvailableAsync(Host));
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task WhatTheCardDeclines_GivesTheCreditBack()
    {
        await GrantAsync(Host, 400);
        await Host.IssueAsync(1000);
        var declined = await PayAsync(Host, "k1", ScriptedTokens.Declined);

        Assert.IsType<PaymentResult.Declined>(declined);
        Assert.Equal(OperationStatus.Canceled, declined.CreditOperation!.Status);
        Assert.Equal((Eur(1000), Eur(0)), (declined.Invoice!.Payable, declined.Invoice.Settled));
        Assert.Equal(Eur(400), await AvailableAsync(Host));
        Assert.IsType<PaymentResult.Succeeded>(await PayAsync(Host, "k2"));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task WhileTheCardIsUnderWay_TheCreditIsSpokenFor_WhateverBecomesOfIt()
    {
        await GrantAsync(Host, 400);
        await Host.IssueAsync(1000);
        await Host.IssueAsync(300, "inv_2");
        var pending = await PayAsync(Host, "k1", ScriptedTokens.Challenge);

        Assert.Equal((Eur(0), Eur(0)), (await AvailableAsync(Host), pending.Invoice!.Payable));
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await PayAsync(Host, "k2")));
        Assert.Equal(Rejection.PaymentMethodMissing, RejectedAs(await Host.Service.PayAsync(new() { InvoiceId = new("inv_2"), Key = "k3", ApplyBalance = true }, Token)));
        Assert.IsType<PaymentResult.Processing>(await Host.Service.ResumeAsync(new() { Operation = pending.CreditOperation!.Id }, Token));

        await Host.HearAsync(pending.Operation!.Id, new GatewayOutcome.Succeeded(new("ch_9"), Eur(600)));
        Assert.Equal((Eur(0), Eur(1000)), ((await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Balance, (await Host.InvoiceAsync()).Settled));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task ALostAnswer_KeepsTheCreditSpokenFor_UntilRecoveryKnows()
    {
        await GrantAsync(Host, 400);
        await Host.IssueAsync(1000);
        await PayAsync(Host, "k1", ScriptedTokens.LostAfter);
        Assert.Equal(Eur(0), await AvailableAsync(Host));

        Host.Time.Advance(TimeSpan.FromMinutes(10));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal((InvoiceStatus.Paid, Eur(0)), ((await Host.InvoiceAsync()).Status, (await Host.InvoiceAsync()).Reserved));
        Assert.Equal(Eur(1000), Host.Gateway.Ledger.Total(Currency.EUR));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02", "BEY-04")]
    public async Task CreditPaysTheFirstOfSeveralInvoices_AndARefundOfItBringsItBack()
    {
        await GrantAsync(Host, 500);
        foreach (var id in new[] { "inv_1", "inv_2" }) await Host.IssueAsync(400, id);
        var paid = await Host.Service.PayAsync(
            new() { Several = new PaymentSpread.OldestFirst(Inv, new("inv_2")), Key = "k1", ApplyBalance = true, Gateway = Test, Token = ScriptedTokens.Visa }, Token);

        Assert.Equal(["inv_1", "inv_2"], paid.Invoices.Select(i => i.Id.Value).Order());
        Assert.All(paid.Invoices, i => Assert.Equal(InvoiceStatus.Paid, i.Status));
        Assert.Equal((Eur(300), Eur(500)), (paid.Operation!.Amount, paid.CreditOperation!.Amount));

        await Host.RefundAsync(paid.CreditOperation.Payment, "r1", Eur(200), reopen: true);
        Assert.Equal(Eur(200), await AvailableAsync(Host));
        Assert.Equal(Eur(800), Host.Gateway.Ledger.Total(Currency.EUR));
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-02")]
    public async Task ACrowdOverOneAccountsCredit_NeverSpendsMoreThanIsThere()
    {
        await GrantAsync(Host, 1000);
        for (var i = 0; i < 16; i++) await Host.IssueAsync(100, $"i{i}");
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Host.Service.PayAsync(
            new() { InvoiceId = new($"i{i}"), Key = $"k{i}", ApplyBalance = true, Gateway = Test, Token = i % 2 == 0 ? ScriptedTokens.Visa : ScriptedTokens.Declined }, Token))));

        var credit = await Host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token);
        var byCredit = results.Select(r => r.CreditOperation ?? (r.Operation is { Kind: OperationKind.Credit } only ? only : null))
            .Where(o => o is { Status: OperationStatus.Succeeded }).Sum(o => o!.Amount.MinorUnits);
        Assert.Equal((1000, 0), (credit.Spent, credit.Reserved));
        Assert.Equal(1000, byCredit);
        await ExplainedAsync(Host);
    }

    [Fact]
    [Parity("BEY-03")]
    public async Task ByDefault_MoreThanIsDueIsRefused_AndByPolicyTheRestIsKeptAsCredit()
    {
        await Host.IssueAsync(1250);
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await Host.CashAsync("c1", Eur(1500))));

        var keeping = OpenWith(Keeping);
        await keeping.IssueAsync(1250);
        var paid = await keeping.CashAsync("c1", Eur(1500));
        Assert.Equal((Eur(1500), Eur(1250)), (paid.Payment!.Captured, paid.Invoice!.Settled));
        Assert.Equal(InvoiceFlags.None, (await keeping.InvoiceAsync()).Flags);
        Assert.Equal(Eur(250), await AvailableAsync(keeping));
        Assert.Equal(Rejection.AmountExceedsPayable, RejectedAs(await PayAsync(keeping, "k1", amount: 1, id: (await keeping.IssueAsync(0, "zero")).Id.Value)));
        await ExplainedAsync(keeping);
    }

    [Fact]
    [Parity("BEY-03")]
    public async Task ByPolicy_ASecondSuccessIsKeptAsCredit_AndNoMoneyIsLost()
    {
        var keeping = OpenWith(Keeping);
        await keeping.IssueAsync(1000);
        var first = await keeping.PayAsync("k1");
        await keeping.HearAsync(first.Operation!.Id, new GatewayOutcome.Succeeded(new("ch_second"), Eur(1000)));

        var invoice = await keeping.InvoiceAsync();
        Assert.Equal((Eur(1000), Eur(0)), (invoice.Settled, invoice.Overpaid));
        Assert.Equal(Eur(1000), await AvailableAsync(keeping));
        await keeping.HearAsync(first.Operation.Id, new GatewayOutcome.Succeeded(new("ch_second"), Eur(1000)));
        Assert.Equal(Eur(1000), await AvailableAsync(keeping));
        await ExplainedAsync(keeping);
    }

    [Fact]
    [Parity("BEY-03")]
    public async Task WhatWasKept_IsGivenBackFirst_AndOnceSpentOnlyTheRestCanBe()
    {
        var keeping = OpenWith(Keeping);
        await keeping.IssueAsync(1000);
        var payment = (await keeping.CashAsync("c1", Eur(1500))).Payment!.Id;
        await keeping.RefundAsync(payment, "r1", Eur(200), reopen: true);
        Assert.Equal((Eur(300), Eur(1000)), (await AvailableAsync(keeping), (await keeping.InvoiceAsync()).Settled));

        await keeping.IssueAsync(300, "inv_2");
        await PayAsync(keeping, "k1", id: "inv_2");
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await keeping.RefundAsync(payment, "r2", Eur(1001))));
        Assert.IsType<PaymentResult.Succeeded>(await keeping.RefundAsync(payment, "r3", Eur(1000), reopen: true));
        Assert.Equal(Eur(0), (await keeping.InvoiceAsync()).Settled);
        await ExplainedAsync(keeping);
    }

    [Fact]
    [Parity("BEY-03")]
    public async Task WhatWasKept_AndIsGivenBackAtTheGatewaysOwnSite_GoesWithTheInvoicesPart_AndWhatIsSpentOfItIsMissing()
    {
        var keeping = OpenWith(Keeping);
        await keeping.IssueAsync(1000);
        var first = await keeping.PayAsync("k1", Eur(600));
        await keeping.HearAsync(first.Operation!.Id, new GatewayOutcome.Succeeded(new("ch_second"), Eur(600)));
        Assert.Equal((Eur(1000), Eur(200)), ((await keeping.InvoiceAsync()).Settled, await AvailableAsync(keeping)));
        await keeping.IssueAsync(50, "inv_2");
        await PayAsync(keeping, "k2", id: "inv_2");

        var told = new RecordDispute { Gateway = Test, GatewayPaymentId = new("ch_second"), Notice = new GatewayNotice.RefundedElsewhere(new("re_1"), Eur(600)) };
        Assert.Equal(Eur(600), Assert.IsType<PaymentPlan.Records>(await keeping.Service.QuoteAsync(told, Token)).Answer.Operation!.Moved);
        var back = await keeping.Service.RecordDisputeAsync(told, Token);
        Assert.True((await keeping.Service.RecordDisputeAsync(told, Token)).IsReplay);

        Assert.Equal((Eur(600), Eur(600), 0), (back.Operation!.Moved!.Value, back.Payment!.Refunded, back.Payment.Discrepancies.Count));
        var credit = await keeping.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token);
        Assert.Equal((0L, 200L, 50L), (credit.Available.MinorUnits, credit.Spent, credit.Missing));
        await ExplainedAsync(keeping);
    }

    [Fact]
    [Parity("BEY-03", "BEY-09")]
    public async Task WhatWasKept_IsHeldAndLostWithItsPayment_AndWhatIsSpentOfItIsMissing()
    {
        var keeping = OpenWith(Keeping);
        await keeping.IssueAsync(1000);
        var first = await keeping.PayAsync("k1", Eur(600));
        var second = new GatewayOutcome.Succeeded(new("ch_second"), Eur(600));
        await keeping.HearAsync(first.Operation!.Id, second);
        await keeping.IssueAsync(50, "inv_2");
        await PayAsync(keeping, "k2", id: "inv_2");
        RecordDispute Told(GatewayNotice notice) => new() { Gateway = Test, GatewayPaymentId = second.Id, Notice = notice };

        var held = await keeping.Service.RecordDisputeAsync(Told(new GatewayNotice.DisputeOpened(new("dp_1"), Eur(600))), Token);
        Assert.Equal((Eur(600), Eur(0)), (held.Payment!.Disputed, held.Payment.Refundable));
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await keeping.RefundAsync(held.Payment.Id, "r1", Eur(1))));
        var lost = Told(new GatewayNotice.DisputeLost(new("dp_1"), Eur(600)));
        Assert.Equal(Eur(600), Assert.IsType<PaymentPlan.Records>(await keeping.Service.QuoteAsync(lost, Token)).Answer.Operation!.Moved);
        var taken = await keeping.Service.RecordDisputeAsync(lost, Token);
        Assert.True((await keeping.Service.RecordDisputeAsync(lost, Token)).IsReplay);

        Assert.Equal((Eur(600), Eur(0), Eur(0)), (taken.Payment!.Taken, taken.Payment.Disputed, taken.Payment.Refundable));
        Assert.Equal(Rejection.AmountExceedsRefundable, RejectedAs(await keeping.RefundAsync(held.Payment.Id, "r2", Eur(1))));
        var credit = await keeping.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token);
        Assert.Equal((0L, 200L, 50L, Eur(600)), (credit.Available.MinorUnits, credit.Spent, credit.Missing, (await keeping.InvoiceAsync()).Settled));
        Assert.Equal(2, taken.Invoices.Count);
        await ExplainedAsync(keeping);
    }

    private static async Task GrantAsync(PaymentHost host, long amount)
    {
        await host.Service.IssueAsync(new() { InvoiceId = Grant, Kind = PayableKind.CreditGrant, Account = Ada, Total = Eur(amount) }, Token);
        await PayGrantAsync(host, "grant");
    }

    private static Task<PaymentResult> PayGrantAsync(PaymentHost host, string key, Money? amount = null, PaymentToken? token = null) =>
        host.Service.PayAsync(new() { CreditGrantId = Grant, Key = key, Amount = amount, Gateway = Test, Token = token ?? ScriptedTokens.Visa }, Token);

    private static Task<PaymentResult> PayAsync(PaymentHost host, string key, PaymentToken? token = null, long? amount = null, string id = "inv_1") =>
        host.Service.PayAsync(
            new()
            {
                InvoiceId = new(id), Key = key, ApplyBalance = true, Gateway = Test, Token = token ?? ScriptedTokens.Visa,
                Amount = amount is { } units ? Eur(units) : null,
            },
            Token);

    private static async Task<Money> AvailableAsync(PaymentHost host) => (await host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token)).Available;

    private static async Task<IReadOnlyList<CreditEvent>> FactsAsync(PaymentHost host) =>
        (await host.Service.ListCreditFactsAsync(new(Ada, Currency.EUR), cancellationToken: Token)).Items;

    /// <summary>The facts explain the sums, number by number.</summary>
    private static async Task ExplainedAsync(PaymentHost host)
    {
        var credit = await host.Service.GetCreditAsync(Ada, Currency.EUR, cancellationToken: Token);
        var facts = await FactsAsync(host);
        Assert.Equal(Enumerable.Range(1, (int)credit.FactCount).Select(n => (long)n), facts.Select(f => f.Sequence));
        Assert.Equal(
            (credit.Added, credit.Spent, credit.Reserved, credit.Missing),
            (facts.OfType<CreditEvent.Added>().Sum(f => f.Amount.MinorUnits), facts.OfType<CreditEvent.Spent>().Sum(f => f.Amount.MinorUnits),
             facts.Sum(f => f switch
             {
                 CreditEvent.Held held => held.Amount.MinorUnits,
                 CreditEvent.Spent spent => -spent.Released.MinorUnits,
                 CreditEvent.Freed freed => -freed.Released.MinorUnits,
                 _ => 0,
             }),
             facts.OfType<CreditEvent.Spent>().Sum(f => f.Missing?.MinorUnits ?? 0)));
    }
}
