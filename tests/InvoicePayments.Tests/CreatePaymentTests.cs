using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class CreatePaymentInMemoryTests() : CreatePaymentTests(StoreKind.InMemory);

public sealed class CreatePaymentOnSqliteTests() : CreatePaymentTests(StoreKind.Sqlite);

public sealed class CreatePaymentOnPostgreSqlTests() : CreatePaymentTests(StoreKind.PostgreSql);

/// <summary>One call for online and offline payments, as in Billingrails.</summary>
public abstract class CreatePaymentTests(StoreKind store) : EveryStore(store)
{
    private static readonly CreatePayment Create = new() { Key = "k1", Account = Ada, Reference = "PAY-REF-001", InvoiceId = Inv };

    [Fact]
    [Parity("BRL-01")]
    public async Task OneCallPaysOnlineOrOffline_AndOfflineWhenTheModeIsLeftOut()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1");

        var offline = await CreateAsync(Create with { Amount = Eur(250) });
        Assert.Equal((PaymentMode.Offline, OfflineMethod.Other), (offline.Payment!.Mode, offline.Payment.OfflineMethod));
        Assert.Empty(Host.Gateway.Calls);

        var online = await CreateAsync(Create with { Key = "k2", Mode = PaymentMode.Online, PaymentMethod = new("pm_1") });
        Assert.Equal((PaymentMode.Online, Eur(1000)), (online.Payment!.Mode, online.Payment.Captured));
        Assert.Equal(InvoiceStatus.Paid, online.Invoice!.Status);
        Assert.True((await CreateAsync(Create with { Amount = Eur(250) })).IsReplay);
        Assert.Equal(Rejection.IdempotencyKeyReused, RejectedAs(await CreateAsync(Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1") })));
        await Host.BooksAgreeAsync(offline: 250);
    }

    [Fact]
    [Parity("BRL-02")]
    public async Task TheAccountIsRequired_AndMustOwnWhatIsPaid()
    {
        await Host.IssueAsync();

        Assert.Equal(Rejection.AccountMissing, RejectedAs(await CreateAsync(Create with { Account = null })));
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await CreateAsync(Create with { Account = Bob })));
        Assert.Equal(Ada, (await CreateAsync(Create)).Payment!.Account);
    }

    [Fact]
    [Parity("BRL-03")]
    public async Task TheReferenceIsRequired_AndKept()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1");
        foreach (var nothing in new[] { null, "", " \t" })
            Assert.Equal(Rejection.ReferenceMissing, RejectedAs(await CreateAsync(Create with { Reference = nothing })));
        Assert.Equal(Rejection.TextInvalid, RejectedAs(await CreateAsync(Create with { Reference = new string('r', 256) })));

        var offline = await CreateAsync(Create with { Amount = Eur(1) });
        var online = await CreateAsync(Create with { Key = "k2", Mode = PaymentMode.Online, PaymentMethod = new("pm_1"), Reference = "order 7/2" });

        Assert.Equal("PAY-REF-001", (await Host.Service.GetPaymentAsync(offline.Payment!.Id, null, Token))!.Reference);
        Assert.Equal("order 7/2", (await Host.Service.GetPaymentAsync(online.Payment!.Id, null, Token))!.Reference);
    }

    [Fact]
    [Parity("BRL-04")]
    public async Task WhenTheMoneyMoved_IsForOfflinePaymentsOnly_NowWhenLeftOut_AndNotInTheFuture()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_1");
        var now = Host.Time.GetUtcNow();
        var online = Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1") };

        Assert.Equal(Rejection.PaymentModeMismatch, RejectedAs(await CreateAsync(online with { SucceededAt = now })));
        Assert.Equal(Rejection.SucceededAtInFuture, RejectedAs(await CreateAsync(Create with { SucceededAt = now.AddTicks(1) })));
        Assert.Equal(now, (await CreateAsync(Create with { Amount = Eur(1) })).Payment!.SucceededAt);
        Assert.Equal(now.AddDays(-3), (await CreateAsync(Create with { Key = "k2", Amount = Eur(1), SucceededAt = now.AddDays(-3) })).Payment!.SucceededAt);
        Assert.Empty(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("BRL-06")]
    public async Task OnlineWithAPaymentMethod_IsChargedAtOnce_AndAMethodIsForOnlinePaymentsOnly()
    {
        await Host.IssueAsync();
        await Host.SaveMethodAsync("pm_default", isDefault: true);
        await Host.SaveMethodAsync("pm_1");

        Assert.Equal(Rejection.PaymentModeMismatch, RejectedAs(await CreateAsync(Create with { PaymentMethod = new("pm_1") })));
        Assert.Equal(Rejection.PaymentMethodMissing, RejectedAs(await CreateAsync(Create with { Mode = PaymentMode.Online })));
        Assert.Empty(Host.Gateway.Calls);

        var paid = await CreateAsync(Create with { Mode = PaymentMode.Online, PaymentMethod = new("pm_1") });
        Assert.Equal(("succeeded", "pm_1"), (paid.Status, paid.Payment!.PaymentMethod!.Value.Value));
        await Host.BooksAgreeAsync();
    }

    [Theory]
    [Parity("BRL-08")]
    [InlineData(PaymentMode.Offline, null)]
    [InlineData(PaymentMode.Online, "pm_1")]
    public async Task TheAnswerHolds_IdAccountAmountCurrencyDescriptionReferenceStatusAndCreated(PaymentMode mode, string? method)
    {
        await Host.IssueAsync(details: new() { Description = "Payment for invoice INV-0001" });
        await Host.SaveMethodAsync("pm_1");

        var created = await CreateAsync(Create with { Mode = mode, PaymentMethod = method is null ? null : new(method), Amount = Eur(1000) });

        var payment = created.Payment!;
        Assert.StartsWith("pay_", payment.Id.Value, StringComparison.Ordinal);
        Assert.Equal((Ada, Eur(1000), "EUR"), (payment.Account, payment.Amount, payment.Amount.Currency.Code));
        Assert.Equal(("Payment for invoice INV-0001", "PAY-REF-001"), (payment.Description, payment.Reference));
        Assert.Equal((OperationStatus.Succeeded, "succeeded", Host.Time.GetUtcNow()), (payment.Status, created.Status, payment.CreatedAt));
        Assert.Equal("Instalment", (await CreateAsync(Create with { Key = "k2", Description = "Instalment" })).Payment!.Description);
    }

    private Task<PaymentResult> CreateAsync(CreatePayment command) => Host.Service.CreatePaymentAsync(command, Token);
}
