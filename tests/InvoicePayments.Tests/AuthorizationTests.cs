using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class AuthorizationInMemoryTests() : AuthorizationTests(StoreKind.InMemory);

public sealed class AuthorizationOnSqliteTests() : AuthorizationTests(StoreKind.Sqlite);

public sealed class AuthorizationOnPostgreSqlTests() : AuthorizationTests(StoreKind.PostgreSql);

public abstract class AuthorizationTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-01")]
    public async Task AuthorizedNowAndCapturedLater_InPartsAndTheLastReleasesTheRest()
    {
        await Host.IssueAsync();
        var blocked = Assert.IsType<PaymentResult.Authorized>(await Host.AuthorizeAsync(amount: Eur(1000)));
        Assert.Equal((Eur(0), Eur(1000), Eur(250)), (blocked.Invoice!.Settled, blocked.Invoice.Reserved, blocked.Invoice.Payable));
        Assert.True(blocked.Invoice.Flags.HasFlag(InvoiceFlags.Authorized));
        Assert.Empty(Host.Gateway.Ledger.Entries);

        var first = Assert.IsType<PaymentResult.Succeeded>(await Host.CaptureAsync(blocked.Payment!.Id, "c1", Eur(300)));
        Assert.Equal((Eur(300), Eur(700), Eur(250)), (first.Invoice!.Settled, first.Invoice.Reserved, first.Invoice.Payable));
        Assert.Equal((Eur(300), blocked.Payment.Id), (first.Payment!.Captured, first.Payment.Authorization));
        var last = Assert.IsType<PaymentResult.Succeeded>(await Host.CaptureAsync(blocked.Payment.Id, "c2", Eur(500), last: true));
        Assert.Equal((Eur(800), Eur(0), Eur(450)), (last.Invoice!.Settled, last.Invoice.Reserved, last.Invoice.Payable));

        Assert.Equal(Rejection.AuthorizationClosed, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id, "c3", Eur(1))));
        Assert.True((await Host.CaptureAsync(blocked.Payment.Id, "c1", Eur(300))).IsReplay);
        Assert.Equal(2, Host.Gateway.Ledger.Entries.Count);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task WhereTheGatewayCapturesOnlyOnce_TheFirstCaptureReleasesTheRest()
    {
        var host = OpenGateway(o => o.Profile = o.Profile with { CapturesSeveralTimes = false });
        await host.IssueAsync();
        var blocked = await host.AuthorizeAsync();
        Assert.Equal(Rejection.GatewayCannot, RejectedAs(await host.CaptureAsync(blocked.Payment!.Id, "c0", Eur(300), last: false)));

        var taken = Assert.IsType<PaymentResult.Succeeded>(await host.CaptureAsync(blocked.Payment.Id, "c1", Eur(300)));

        Assert.Equal((Eur(300), Eur(950)), (taken.Invoice!.Settled, taken.Invoice.Payable));
        await host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task NoMoreIsCapturedThanIsAuthorized_CountingCapturesUnderWay()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync(amount: Eur(1000));
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
        Assert.IsType<PaymentResult.Processing>(await Host.CaptureAsync(blocked.Payment!.Id, "c1", Eur(600)));

        Assert.Equal(Rejection.AmountExceedsAuthorized, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id, "c2", Eur(401))));
        Assert.Equal(Rejection.CurrencyMismatch, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id, "c2", Money.FromMinorUnits(1, Currency.USD))));
        Assert.Equal(Eur(1000), (await Host.InvoiceAsync()).Reserved);

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal((Eur(600), Eur(400)), ((await Host.InvoiceAsync()).Settled, (await Host.InvoiceAsync()).Reserved));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task ACaptureThatFails_GivesBackToTheAuthorization_AndNotToTheInvoice()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync();
        Host.Gateway.Next(ScriptedBehaviour.Decline());

        Assert.IsType<PaymentResult.Declined>(await Host.CaptureAsync(blocked.Payment!.Id, "c1"));

        Assert.True((await Host.InvoiceAsync()).Payable.IsZero);
        Assert.Equal(InvoiceStatus.Paid, (await Host.CaptureAsync(blocked.Payment.Id, "c2")).Invoice!.Status);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task AnAuthorizationThatIsVoided_FreesWhatItHeld()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync();
        await Host.CaptureAsync(blocked.Payment!.Id, "c1", Eur(250), last: false);

        var undone = Assert.IsType<PaymentResult.Succeeded>(await Host.VoidAsync(blocked.Payment.Id));

        Assert.Equal((Eur(250), Eur(1000)), (undone.Invoice!.Settled, undone.Invoice.Payable));
        Assert.Equal(Rejection.AuthorizationClosed, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id, "c2", Eur(1))));
        Assert.True((await Host.VoidAsync(blocked.Payment.Id)).IsReplay);
        foreach (var news in Host.Gateway.DrainNotifications()) await Host.HearAsync(new(news.Reference.Value), news.Outcome);
        Assert.Equal(Eur(1000), (await Host.InvoiceAsync()).Payable);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task AVoidThatGotNoAnswer_FreesNothingUntilTheGatewaySaysSo()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync();
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());

        Assert.IsType<PaymentResult.Processing>(await Host.VoidAsync(blocked.Payment!.Id));
        Assert.True((await Host.InvoiceAsync()).Payable.IsZero);
        Assert.Equal(Rejection.AmountExceedsAuthorized, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id)));

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task AnAuthorizationThatExpires_IsFreedByTheGatewaysWordAlone()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync();
        Host.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Empty((await Host.Service.RecoverAsync(cancellationToken: Token)).Results);

        Host.Time.Advance(TimeSpan.FromSeconds(1));
        Host.Gateway.NextResolution(new GatewayResolution.NotYet());
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Reserved);

        Host.Time.Advance(TimeSpan.FromHours(1));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
        Assert.Equal(OperationStatus.Expired, (await Host.Service.GetPaymentAsync(blocked.Payment!.Id, null, Token))!.Status);
        Assert.Equal(Rejection.AuthorizationClosed, RejectedAs(await Host.CaptureAsync(blocked.Payment.Id)));
    }

    [Fact]
    [Parity("BEY-01")]
    public async Task WhatTheGatewayTakesUnderAnAuthorizationByItself_IsRecorded()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync();
        Host.Gateway.MoveAgain(blocked.Operation!.Reference);

        foreach (var news in Host.Gateway.DrainNotifications()) await Host.HearAsync(new(news.Reference.Value), news.Outcome);

        var invoice = await Host.InvoiceAsync();
        Assert.Equal((InvoiceStatus.Paid, Eur(0), Eur(0)), (invoice.Status, invoice.Reserved, invoice.Overpaid));
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("CBE-03")]
    public async Task AnInvoiceIsCollectedByTheGatewaysIdOfItsAuthorization()
    {
        await Host.IssueAsync();
        var transaction = (await Host.AuthorizeAsync()).Operation!.GatewayPaymentId!.Value.Value;
        Assert.Equal(Rejection.AuthorizationNotFound, RejectedAs(await CollectAsync("au_other")));
        Assert.Equal(Rejection.TextInvalid, RejectedAs(await CollectAsync(new string('x', 41))));
        Assert.Equal(Rejection.AuthorizationIncomplete, RejectedAs(await Host.Service.CaptureAsync(new() { Key = "k", InvoiceId = Inv }, Token)));
        Assert.Equal(Rejection.AuthorizationNotFound, RejectedAs(await CollectAsync(transaction, account: Bob)));

        var collected = Assert.IsType<PaymentResult.Succeeded>(await CollectAsync(transaction));

        Assert.Equal(InvoiceStatus.Paid, collected.Invoice!.Status);
        Assert.True((await CollectAsync(transaction)).IsReplay);
        await Host.BooksAgreeAsync();
    }

    [Theory]
    [Parity("CBE-04")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AuthorizedLessThanDue_IsCaptured_AndTheRestStaysDue(bool byTheBank)
    {
        await Host.IssueAsync();
        var blocked = byTheBank ? await Host.AuthorizeAsync(token: ScriptedTokens.Partial) : await Host.AuthorizeAsync(amount: Eur(625));

        var collected = Assert.IsType<PaymentResult.Succeeded>(await CollectAsync(blocked.Operation!.GatewayPaymentId!.Value.Value));

        Assert.Equal((Eur(625), Eur(625), Eur(625)), (collected.Invoice!.Settled, collected.Invoice.Due, collected.Invoice.Payable));
        Assert.Equal(InvoiceStatus.PartiallyPaid, collected.Invoice.Status);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("CBE-05")]
    public async Task AnAuthorizationThatLooksLikeFraud_IsNotCaptured_AndCanBeVoided()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync(token: ScriptedTokens.Suspicious);

        var refused = Assert.IsType<PaymentResult.Rejected>(await CollectAsync(blocked.Operation!.GatewayPaymentId!.Value.Value));

        Assert.Equal(Rejection.AuthorizationSuspicious, refused.Why);
        Assert.StartsWith("Invalid state for request", refused.Detail, StringComparison.Ordinal);
        Assert.Empty(Host.Gateway.Ledger.Entries);
        Assert.Equal(Eur(1250), (await Host.VoidAsync(blocked.Payment!.Id)).Invoice!.Payable);
    }

    [Fact]
    public async Task WhatABankDeclines_BlocksNothing_AndAChallengeComesFirst()
    {
        await Host.IssueAsync();
        Assert.IsType<PaymentResult.Declined>(await Host.AuthorizeAsync("a1", token: ScriptedTokens.Declined));
        var waits = Assert.IsType<PaymentResult.ActionRequired>(await Host.AuthorizeAsync("a2", token: ScriptedTokens.Challenge));
        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(await Host.CaptureAsync(waits.Payment!.Id)));

        Assert.IsType<PaymentResult.Authorized>(await Host.HearAsync(waits.Operation!.Id, Host.Gateway.CompleteChallenge(waits.Operation.Reference)));
        Assert.Equal(InvoiceStatus.Paid, (await Host.CaptureAsync(waits.Payment.Id)).Invoice!.Status);
        await Host.BooksAgreeAsync();
    }

    private Task<PaymentResult> CollectAsync(string transaction, AccountId? account = null) => Host.Service.CaptureAsync(
        new() { InvoiceId = Inv, AuthorizationTransaction = transaction, Key = "collect", Account = account }, Token);

    private PaymentHost OpenGateway(Action<ScriptedGatewayOptions> configure) => Open(builder => builder.UseScriptedGateway(configure: configure));
}
