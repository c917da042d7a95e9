using System.Text.Json;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class InvoiceFieldsInMemoryTests() : InvoiceFieldsTests(StoreKind.InMemory);

public sealed class InvoiceFieldsOnSqliteTests() : InvoiceFieldsTests(StoreKind.Sqlite);

public sealed class InvoiceFieldsOnPostgreSqlTests() : InvoiceFieldsTests(StoreKind.PostgreSql);

public abstract class InvoiceFieldsTests(StoreKind store) : EveryStore(store)
{
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly InvoiceDetails Full = new()
    {
        Type = InvoiceType.Payment, CollectedBy = InvoiceCollector.Host, Number = "R-2026/001", Description = "March", StatementDescriptor = "SHOP",
        DefaultPaymentMethod = new("pm_1"), Billing = InvoiceBilling.PayAutomatically, BillingReason = "subscription_cycle", Subscription = "sub_1",
        PeriodStart = March, PeriodEnd = March.AddMonths(1), DaysUntilDue = 30, Subtotal = Eur(1100), Discount = Eur(50), Tax = Eur(200),
        TaxPercent = 19.05m, Lines = [new("Two seats", Eur(1000), 2), new("Half an hour", Eur(100), 0.5m)],
        Metadata = new Dictionary<string, string> { ["order"] = "7", ["note"] = "Grüße ✓" },
    };

    [Fact]
    [Parity("RAP-10")]
    public async Task EveryFieldIsKeptAndReturned_AlsoAfterPayments()
    {
        await Host.SaveMethodAsync("pm_1");
        await Host.Service.IssueAsync(
            new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), DueAt = March.AddDays(30), Details = Full }, Token);
        await Host.PayAsync("k1", Eur(250), ScriptedTokens.Declined);
        var paid = await Host.PayWithAsync(null, "k2");

        foreach (var invoice in new[] { await Host.InvoiceAsync(), paid.Invoice! })
        {
            Assert.Equal(JsonSerializer.Serialize(Full), JsonSerializer.Serialize(invoice.Details));
            Assert.Equal(
                (2, Eur(1250), March.AddDays(30), Host.Time.GetUtcNow()),
                (invoice.AttemptCount, invoice.Total, invoice.DueAt!.Value, invoice.CreatedAt));
            Assert.Equal((InvoiceStatus.Paid, Ada, Inv), (invoice.Status, invoice.Account, invoice.Id));
        }

        Assert.Equal("pm_1", paid.Payment!.PaymentMethod!.Value.Value);
    }

    [Fact]
    [Parity("RAP-10")]
    public void EveryFieldOfTheDetails_SaysSomethingInTheTest()
    {
        var silent = typeof(InvoiceDetails).GetProperties()
            .Where(field => field.GetMethod!.IsPublic && !field.GetMethod.IsStatic)
            .Where(field => Equals(field.GetValue(Full), field.GetValue(InvoiceDetails.None)))
            .Select(field => field.Name);

        Assert.Equal([nameof(InvoiceDetails.Type), nameof(InvoiceDetails.CollectedBy)], silent);
    }

    [Fact]
    public async Task APrintedAmountInAnotherCurrencyThanTheTotal_IsRejected()
    {
        var dollars = Money.Parse("USD 1.00", null);
        InvoiceDetails[] wrong = [new() { Subtotal = dollars }, new() { Discount = dollars }, new() { Tax = dollars }, new() { Lines = [new("Line", dollars)] }];
        foreach (var details in wrong)
        {
            Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await Host.Service.IssueAsync(
                new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), Details = details }, Token)));
        }
    }

    [Fact]
    public async Task TypeAndCollector_AreKept_AndAreWhatTheInvoiceSays()
    {
        var issue = new IssueInvoice { InvoiceId = Inv, Account = Ada, Total = Eur(1250), Details = new() { Type = InvoiceType.Payout, CollectedBy = InvoiceCollector.PlayStore } };
        await Host.Service.IssueAsync(issue, Token);

        var kept = (await Host.InvoiceAsync()).Details;
        Assert.Equal((InvoiceType.Payout, InvoiceCollector.PlayStore), (kept.Type, kept.CollectedBy));
        Assert.True(Assert.IsType<InvoiceResult.Done>(await Host.Service.IssueAsync(issue, Token)).IsReplay);
        foreach (var other in new InvoiceDetails[] { issue.Details with { Type = InvoiceType.Payment }, issue.Details with { CollectedBy = InvoiceCollector.AppStore } })
            Assert.Equal(Rejection.InvoiceAlreadyExists, RejectedAs(await Host.Service.IssueAsync(issue with { Details = other }, Token)));
    }
}
