using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class BadInputInMemoryTests() : BadInputTests(StoreKind.InMemory);

public sealed class BadInputOnSqliteTests() : BadInputTests(StoreKind.Sqlite);

public sealed class BadInputOnPostgreSqlTests() : BadInputTests(StoreKind.PostgreSql);

/// <summary>Each gets a clear error and leaves the books as they were.</summary>
public abstract class BadInputTests(StoreKind store) : EveryStore(store)
{
    private const string CardNumber = "4111 1111 1111 1111";

    [Theory]
    [InlineData(0, "amount_not_positive")]
    [InlineData(-1, "amount_not_positive")]
    [InlineData(long.MinValue, "amount_not_positive")]
    [InlineData(1251, "amount_exceeds_payable")]
    [InlineData(long.MaxValue, "amount_exceeds_payable")]
    public async Task AnAmountThatCannotBe_IsRejected_ForAPaymentAndAnOfflineRecord(long amount, string code)
    {
        await UnchangedAsync(async () =>
        {
            Assert.Equal(code, RejectedAs(await Host.PayAsync(amount: Eur(amount))).Code);
            Assert.Equal(code, RejectedAs(await Host.CashAsync(amount: Eur(amount))).Code);
        });
    }

    [Theory]
    [InlineData(0, "amount_not_positive")]
    [InlineData(-1, "amount_not_positive")]
    [InlineData(long.MinValue, "amount_not_positive")]
    [InlineData(101, "amount_exceeds_refundable")]
    [InlineData(long.MaxValue, "amount_exceeds_refundable")]
    public async Task AnAmountThatCannotBe_IsRejected_ForARefund(long amount, string code)
    {
        await Host.IssueAsync();
        var payment = (await Host.PayAsync(amount: Eur(100))).Payment!.Id;
        await UnchangedAsync(async () => Assert.Equal(code, RejectedAs(await Host.RefundAsync(payment, "r1", Eur(amount))).Code));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(Invoice.MaxTotal + 1)]
    public async Task ATotalThatCannotBe_IsRejected(long total) => Assert.Equal(
        Rejection.InvoiceTotalInvalid,
        RejectedAs(await Host.Service.IssueAsync(new() { InvoiceId = new("new"), Account = Ada, Total = Eur(total) }, Token)));

    [Fact]
    public async Task TheLargestTotal_CanBePaidAndGivenBack()
    {
        await Host.IssueAsync(Invoice.MaxTotal);
        var paid = await Host.PayAsync();
        await Host.RefundAsync(paid.Payment!.Id, "r1");
        Assert.True(Host.Gateway.Ledger.Total(Currency.EUR).IsZero);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    public async Task AnotherCurrency_IsRejected_EverywhereMoneyIsNamed()
    {
        await Host.IssueAsync();
        var payment = (await Host.PayAsync(amount: Eur(100))).Payment!.Id;
        var dollars = Money.Parse("USD 1.00", null);
        await UnchangedAsync(async () =>
        {
            Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await Host.PayAsync("k2", dollars)));
            Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await Host.CashAsync(amount: dollars)));
            Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await Host.RefundAsync(payment, "r1", dollars)));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    [InlineData("escape\u001b[2J")]
    public Task AKeyThatCannotBe_IsRejected_ForEveryMoneyOperation(string key) => KeyIsRejectedAsync(key);

    // Not as inline data: a lone half does not survive the way of a test's arguments.
    [Fact]
    public async Task AKeyWithHalfASurrogatePair_IsRejected_ForEveryMoneyOperation()
    {
        await KeyIsRejectedAsync("half\ud83d");
        await KeyIsRejectedAsync("\udc00half");
    }

    [Theory]
    [InlineData(256)]
    [InlineData(10_000)]
    public Task AKeyThatIsTooLong_IsRejected_ForEveryMoneyOperation(int length) => KeyIsRejectedAsync(new string('k', length));

    [Fact]
    public async Task AKeyOf255CharactersInAnyScript_IsAccepted()
    {
        await Host.IssueAsync();
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync(string.Concat(Enumerable.Repeat("漢", 253)) + "🧾"));
    }

    [Fact]
    public async Task ACardNumberInAnyText_IsRejected_AndNeverRepeatedInTheMessage()
    {
        await Host.IssueAsync();
        var payment = (await Host.PayAsync(amount: Eur(100))).Payment!.Id;
        var pay = new PayInvoice { InvoiceId = Inv, Key = "k2", Gateway = Test, Token = ScriptedTokens.Visa };
        var cash = new RecordOfflinePayment { InvoiceId = Inv, Key = "k3", Method = OfflineMethod.Check };
        var refund = new RefundPayment { PaymentId = payment, Key = "k4" };
        var metadata = new Dictionary<string, string> { ["card"] = CardNumber };
        await UnchangedAsync(async () =>
        {
            foreach (var command in new[]
            {
                pay with { Comment = CardNumber }, pay with { Reference = CardNumber }, pay with { Description = CardNumber },
                pay with { Metadata = metadata }, pay with { Metadata = new Dictionary<string, string> { [CardNumber] = "x" } },
                pay with { ReturnUrl = new("https://shop.example/back?card=4111111111111111") },
            }) IsCardNumber(RejectedAs(await Host.Service.PayAsync(command, Token)), await Host.Service.PayAsync(command, Token));
            foreach (var command in new[] { cash with { Comment = CardNumber }, cash with { Reference = CardNumber } })
                IsCardNumber(Rejection.TextInvalid, await Host.Service.RecordOfflinePaymentAsync(command, Token));
            foreach (var command in new[] { refund with { Comment = CardNumber }, refund with { Reason = CardNumber } })
                IsCardNumber(Rejection.TextInvalid, await Host.Service.RefundAsync(command, Token));
            Assert.Equal(Rejection.TextInvalid, RejectedAs(await Host.Service.VoidAsync(new() { InvoiceId = Inv, Reason = CardNumber }, Token)));
            Assert.Equal(Rejection.TextInvalid, RejectedAs(await Host.Service.MarkUncollectibleAsync(new() { InvoiceId = Inv, Reason = CardNumber }, Token)));
        });
    }

    [Fact]
    public async Task ACardNumberInAnyTextOfAnInvoiceOrMethod_IsRejected()
    {
        foreach (var details in new InvoiceDetails[]
        {
            new() { Number = CardNumber }, new() { Description = CardNumber }, new() { StatementDescriptor = CardNumber },
            new() { BillingReason = CardNumber }, new() { Subscription = CardNumber }, new() { Lines = [new(CardNumber, Eur(1))] },
            new() { Metadata = new Dictionary<string, string> { ["k"] = CardNumber } },
        })
        {
            Assert.Equal(Rejection.TextInvalid, RejectedAs(await Host.Service.IssueAsync(
                new() { InvoiceId = new("new"), Account = Ada, Total = Eur(1), Details = details }, Token)));
        }

        var method = new StoredPaymentMethod { Tenant = TenantId.Default, Id = new("pm"), Account = Ada, Gateway = Test, Token = ScriptedTokens.Visa };
        foreach (var bad in new[] { method with { Label = CardNumber }, method with { Kind = CardNumber } })
            Assert.Equal(Rejection.TextInvalid, Assert.IsType<PaymentMethodResult.Rejected>(await Host.Service.SavePaymentMethodAsync(bad, Token)).Why);
        Assert.Throws<ArgumentException>(() => new PaymentToken("4111111111111111"));
        Assert.Null(await Host.Service.GetInvoiceAsync(new("new"), null, Token));
    }

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("9999888877776666555")]
    [InlineData("1234567890123456")]
    [InlineData("RF18539007547034")]
    public async Task ALongNumberThatIsNoCardNumber_Passes(string reference)
    {
        await Host.IssueAsync();
        var paid = await Host.Service.RecordOfflinePaymentAsync(
            new() { InvoiceId = Inv, Key = "c1", Method = OfflineMethod.Wire, Reference = reference }, Token);
        Assert.Equal(reference, paid.Payment!.Reference);
    }

    [Fact]
    public async Task UnknownIds_AreNotFound()
    {
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.PayAsync(id: "nobody")));
        Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.RefundAsync(new("pay_nobody"), "r1")));
        Assert.Equal(Rejection.OperationNotFound, RejectedAs(await Host.Service.ResumeAsync(new() { Operation = new("nobody") }, Token)));
        Assert.Null(await Host.Service.GetInvoiceAsync(new("nobody"), null, Token));
        Assert.Null(await Host.Service.GetPaymentAsync(new("nobody"), null, Token));
        Assert.Empty((await Host.Service.ListFactsAsync(new("nobody"), cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task AnotherCustomersInvoiceOrPayment_IsAnsweredLikeAnUnknownOne()
    {
        await Host.IssueAsync();
        var payment = (await Host.PayAsync(amount: Eur(100))).Payment!.Id;
        await UnchangedAsync(async () =>
        {
            Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.Service.PayAsync(
                new() { InvoiceId = Inv, Key = "k2", Account = Bob, Gateway = Test, Token = ScriptedTokens.Visa }, Token)));
            Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await Host.Service.RecordOfflinePaymentAsync(
                new() { InvoiceId = Inv, Key = "k3", Account = Bob, Method = OfflineMethod.Cash }, Token)));
            Assert.Equal(Rejection.PaymentNotFound, RejectedAs(await Host.Service.RefundAsync(new() { PaymentId = payment, Key = "k4", Account = Bob }, Token)));
        });
    }

    [Fact]
    public async Task OfflineMoneyFromTheFuture_IsRejected()
    {
        await UnchangedAsync(async () => Assert.Equal(Rejection.SucceededAtInFuture, RejectedAs(await Host.Service.RecordOfflinePaymentAsync(
            new() { InvoiceId = Inv, Key = "c1", Method = OfflineMethod.Cash, SucceededAt = Host.Time.GetUtcNow().AddTicks(1) }, Token))));
    }

    private static void IsCardNumber(Rejection why, PaymentResult answer)
    {
        Assert.Equal(Rejection.TextInvalid, why);
        Assert.Contains("card number", Assert.IsType<PaymentResult.Rejected>(answer).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", answer.ErrorMessage!, StringComparison.Ordinal);
    }

    private async Task KeyIsRejectedAsync(string key)
    {
        await Host.IssueAsync();
        var payment = (await Host.PayAsync("good", Eur(100))).Payment!.Id;
        await UnchangedAsync(async () =>
        {
            Assert.Equal(Rejection.IdempotencyKeyInvalid, RejectedAs(await Host.PayAsync(key)));
            Assert.Equal(Rejection.IdempotencyKeyInvalid, RejectedAs(await Host.CashAsync(key)));
            Assert.Equal(Rejection.IdempotencyKeyInvalid, RejectedAs(await Host.RefundAsync(payment, key)));
        });
    }

    /// <summary>Whatever <paramref name="act"/> does, the invoice, its facts and the gateway's money are as they were.</summary>
    private async Task UnchangedAsync(Func<Task> act)
    {
        if (await Host.Service.GetInvoiceAsync(Inv, null, Token) is null) await Host.IssueAsync();
        var (before, facts, calls) = (await Host.InvoiceAsync(), await FactsAsync(), Host.Gateway.Calls.Count);
        await act();
        Assert.Equal(before.Version, (await Host.InvoiceAsync()).Version);
        Assert.Equal(before.Sums, (await Host.InvoiceAsync()).Sums);
        Assert.Equal(facts, await FactsAsync());
        Assert.Equal(calls, Host.Gateway.Calls.Count);

        async Task<int> FactsAsync() => (await Host.Service.ListFactsAsync(Inv, cancellationToken: Token)).Items.Count;
    }
}
