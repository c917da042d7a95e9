using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class CrowdInMemoryTests() : CrowdTests(StoreKind.InMemory);

public sealed class CrowdOnSqliteTests() : CrowdTests(StoreKind.Sqlite);

public sealed class CrowdOnPostgreSqlTests() : CrowdTests(StoreKind.PostgreSql);

public abstract class CrowdTests(StoreKind store) : EveryStore(store)
{
    [Theory]
    [InlineData(null)]
    [InlineData(50L)]
    public async Task Of64PayersAtOnce_HalfWithOneKey_ExactlyTheTotalIsTaken_AndEveryAnswerIsADocumentedOne(long? part)
    {
        await Host.IssueAsync(1250);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => Host.PayAsync(i % 2 == 0 ? "same" : $"own{i}", part is { } units ? Eur(units) : null), Token)));

        var invoice = await Host.InvoiceAsync();
        Assert.Equal((InvoiceStatus.Paid, Eur(1250)), (invoice.Status, invoice.Settled));
        Assert.Equal(Eur(1250), Host.Gateway.Ledger.Total(Currency.EUR));
        Assert.All(Host.Gateway.Ledger.Entries.GroupBy(e => e.Reference), movements => Assert.Single(movements));
        Rejection[] documented = [Rejection.PaymentInProgress, Rejection.InvoicePaid];
        Assert.All(answers, a => Assert.True(
            a is PaymentResult.Succeeded or PaymentResult.Processing { IsReplay: true } || (a is PaymentResult.Rejected no && documented.Contains(no.Why)),
            $"{a.Status} {a.ErrorCode}"));

        // The shared key paid once at most, and all who have it get the same payment.
        var shared = answers.Where((_, i) => i % 2 == 0).Where(a => a.Payment is not null).Select(a => a.Payment!.Id).Distinct();
        Assert.InRange(shared.Count(), part is null ? 0 : 1, 1);
    }

    [Fact]
    public async Task Of64RefundersAtOnce_NoMoreIsGivenBackThanIsHere()
    {
        await Host.IssueAsync(1250);
        var payment = (await Host.PayAsync()).Payment!.Id;
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Host.RefundAsync(payment, $"r{i / 2}", Eur(100)), Token)));

        Assert.Equal(Eur(50), Host.Gateway.Ledger.Total(Currency.EUR));
        Assert.All(answers, a => Assert.True(
            a is PaymentResult.Succeeded or PaymentResult.Processing { IsReplay: true } or PaymentResult.Rejected { Why.Code: "amount_exceeds_refundable" }, a.Status));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    public async Task Of200PartsAtOnce_EachIsPaid_AndNobodyIsSentAway()
    {
        await Host.IssueAsync(20_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Host.PayAsync($"part{i}", Eur(100)), Token)));

        Assert.All(answers, a => Assert.IsType<PaymentResult.Succeeded>(a));
        Assert.Equal((InvoiceStatus.Paid, Eur(20_000)), ((await Host.InvoiceAsync()).Status, Host.Gateway.Ledger.Total(Currency.EUR)));
        await Host.BooksAgreeAsync();
    }
}
