using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class InvoiceDocumentInMemoryTests() : InvoiceDocumentTests(StoreKind.InMemory);

public sealed class InvoiceDocumentOnSqliteTests() : InvoiceDocumentTests(StoreKind.Sqlite);

public sealed class InvoiceDocumentOnPostgreSqlTests() : InvoiceDocumentTests(StoreKind.PostgreSql);

public abstract class InvoiceDocumentTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("PEL-07")]
    public async Task APaidVoidOrUncollectibleInvoice_IsRefusedEachWithItsOwnCode()
    {
        foreach (var id in new[] { "paid", "void", "lost" }) await Host.IssueAsync(id: id);
        await Host.PayAsync("k1", id: "paid");
        await VoidAsync("void");
        await GiveUpAsync("lost");
        var calls = Host.Gateway.Calls.Count;

        Assert.Equal(Rejection.InvoicePaid, RejectedAs(await Host.PayAsync("k2", id: "paid")));
        Assert.Equal(Rejection.InvoiceVoid, RejectedAs(await Host.PayAsync("k3", id: "void")));
        Assert.Equal(Rejection.InvoiceUncollectible, RejectedAs(await Host.PayAsync("k4", id: "lost")));
        Assert.Equal(calls, Host.Gateway.Calls.Count);
    }

    [Fact]
    public async Task AnUncollectibleInvoice_IsPayableWhereThePolicySaysSo()
    {
        var host = OpenWith(new() { AllowPayingUncollectible = true });
        await host.IssueAsync();
        await host.Service.MarkUncollectibleAsync(new() { InvoiceId = Inv }, Token);

        Assert.Equal(InvoiceStatus.Paid, (await host.PayAsync()).Invoice!.Status);
    }

    [Fact]
    [Parity("BEY-14")]
    public async Task WhileMoneyIsIn_VoidAndUncollectibleAreRefused_AndAfterARefundVoidIsNot()
    {
        await Host.IssueAsync();
        var part = await Host.PayAsync("k1", Eur(250));

        Assert.Equal(Rejection.MoneyReceived, RejectedAs(await VoidAsync()));
        Assert.Equal(Rejection.MoneyReceived, RejectedAs(await GiveUpAsync()));

        await Host.RefundAsync(part.Payment!.Id, "r1", reopen: true);
        Assert.Equal(InvoiceStatus.Void, Assert.IsType<InvoiceResult.Done>(await VoidAsync()).Invoice.Status);
    }

    [Fact]
    [Parity("BEY-14")]
    public async Task WhileMoneyIsUnderWay_VoidAndUncollectibleAreRefused()
    {
        await Host.IssueAsync();
        var challenged = await Host.PayAsync(token: ScriptedTokens.Challenge);

        Assert.Equal(Rejection.MoneyUnderWay, RejectedAs(await VoidAsync()));
        Assert.Equal(Rejection.MoneyUnderWay, RejectedAs(await GiveUpAsync()));

        await Host.HearAsync(challenged.Operation!.Id, Host.Gateway.CompleteChallenge(challenged.Operation.Reference, succeed: false));
        Assert.IsType<InvoiceResult.Done>(await GiveUpAsync());
    }

    [Fact]
    [Parity("BEY-14")]
    public async Task LateMoneyOnAnUncollectibleInvoice_IsRecorded_ByHandAndFromTheGateway()
    {
        await Host.IssueAsync();
        var declined = await Host.PayAsync("k1", token: ScriptedTokens.Declined);
        await GiveUpAsync();

        var cash = await Host.CashAsync(amount: Eur(250));
        Assert.Equal(InvoiceStatus.Uncollectible, Assert.IsType<PaymentResult.Succeeded>(cash).Invoice!.Status);

        var late = Host.Gateway.MoveAgain(declined.Operation!.Reference);
        var heard = await Host.HearAsync(declined.Operation.Id, late);
        Assert.Equal(InvoiceStatus.Paid, heard.Invoice!.Status);
        Assert.Equal(Eur(250), heard.Invoice.Overpaid);
        await Host.BooksAgreeAsync(offline: 250);
    }

    [Fact]
    public async Task LateMoneyOnAVoidInvoice_IsRecordedAndShowsAsOverpaid()
    {
        await Host.IssueAsync();
        var declined = await Host.PayAsync("k1", token: ScriptedTokens.Declined);
        await VoidAsync();

        var heard = await Host.HearAsync(declined.Operation!.Id, Host.Gateway.MoveAgain(declined.Operation.Reference));

        Assert.Equal((InvoiceStatus.Void, Eur(1250)), (heard.Invoice!.Status, heard.Invoice.Overpaid));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    public async Task ADraft_CannotBePaid_MayBeWrittenAnew_AndIsIssuedByTheSameCommand()
    {
        var draft = new IssueInvoice { InvoiceId = Inv, Account = Ada, Total = Eur(1000), AsDraft = true };
        await Host.Service.IssueAsync(draft, Token);
        Assert.Equal(Rejection.InvoiceDraft, RejectedAs(await Host.PayAsync()));

        await Host.Service.IssueAsync(draft with { Total = Eur(1250) }, Token);
        var issued = Assert.IsType<InvoiceResult.Done>(await Host.Service.IssueAsync(draft with { Total = Eur(1250), AsDraft = false }, Token));

        Assert.Equal((InvoiceStatus.Open, Eur(1250)), (issued.Invoice.Status, issued.Invoice.Due));
        Assert.Equal(Rejection.InvoiceAlreadyExists, RejectedAs(await Host.Service.IssueAsync(draft, Token)));
        Assert.IsType<PaymentResult.Succeeded>(await Host.PayAsync());
    }

    [Fact]
    public async Task Repeating_IsHarmless_AndWhatCannotBeDoneIsRefused()
    {
        await Host.IssueAsync();
        Assert.True(Assert.IsType<InvoiceResult.Done>(await Host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250) }, Token)).IsReplay);
        await VoidAsync();

        Assert.True(Assert.IsType<InvoiceResult.Done>(await VoidAsync()).IsReplay);
        Assert.Equal(Rejection.InvoiceStateInvalid, RejectedAs(await GiveUpAsync()));
        Assert.Equal(Rejection.InvoiceNotFound, RejectedAs(await VoidAsync("nobody")));
        Assert.Equal(Rejection.InvoiceAlreadyExists, RejectedAs(await Host.Service.IssueAsync(
            new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), Details = new() { Subscription = "sub_2" } }, Token)));
    }

    private Task<InvoiceResult> VoidAsync(string id = "inv_1") => Host.Service.VoidAsync(new() { InvoiceId = new(id), Reason = "billed twice" }, Token);

    private Task<InvoiceResult> GiveUpAsync(string id = "inv_1") => Host.Service.MarkUncollectibleAsync(new() { InvoiceId = new(id) }, Token);
}
