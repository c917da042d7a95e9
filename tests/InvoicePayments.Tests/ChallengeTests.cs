using Microsoft.Extensions.DependencyInjection;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class ChallengeInMemoryTests() : ChallengeTests(StoreKind.InMemory);

public sealed class ChallengeOnSqliteTests() : ChallengeTests(StoreKind.Sqlite);

public sealed class ChallengeOnPostgreSqlTests() : ChallengeTests(StoreKind.PostgreSql);

public abstract class ChallengeTests(StoreKind store) : EveryStore(store)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [Parity("RAP-05")]
    [InlineData(null)]
    [InlineData(5)]
    public async Task AfterTheDeadlineTheGatewayIsAskedToCancel_AndItsAnswerFreesTheMoney(int? minutesOfTheGateway)
    {
        var minutes = TimeSpan.FromMinutes(minutesOfTheGateway ?? 15);
        var host = Open(builder => builder.UseScriptedGateway(
            configure: o => o.Profile = o.Profile with { ChallengeTime = minutesOfTheGateway is null ? null : minutes }));
        var waits = await ChallengeAsync(host);
        Assert.Equal(host.Time.GetUtcNow() + minutes, waits.Deadline);

        host.Time.Advance(minutes - Second);
        Assert.Empty((await host.Service.RecoverAsync(cancellationToken: Token)).Results);
        host.Time.Advance(Second);
        await host.Service.RecoverAsync(cancellationToken: Token);

        Assert.Single(host.Gateway.Calls, c => c.Method == GatewayMethod.Cancel);
        Assert.Equal(Eur(1250), (await host.InvoiceAsync()).Payable);
        Assert.Equal(OperationStatus.Canceled, (await host.Service.GetPaymentAsync(waits.Payment!.Id, null, Token))!.Status);
        Assert.Throws<InvalidOperationException>(() => host.Gateway.CompleteChallenge(waits.Operation!.Reference));
    }

    [Fact]
    [Parity("RAP-05")]
    public async Task WhileTheGatewayDoesNotAnswerTheCancellation_NothingIsFreed()
    {
        var waits = await ChallengeAsync(Host);
        Host.Time.Advance(TimeSpan.FromMinutes(15));
        Host.Gateway.NextResolutionThrows(new HttpRequestException("The cancellation got lost."));

        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.True((await Host.InvoiceAsync()).Payable.IsZero);

        Host.Time.Advance(TimeSpan.FromHours(1));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal(Eur(1250), (await Host.InvoiceAsync()).Payable);
        Assert.Equal(2, Host.Gateway.Calls.Count(c => c.Method == GatewayMethod.Cancel));
        Assert.Equal(waits.Operation!.Id, (await Host.Service.ListOperationsAsync(Inv, cancellationToken: Token)).Items[0].Id);
    }

    [Fact]
    [Parity("RAP-05")]
    public async Task WhoPassedInTheLastMoment_HasPaid_EvenThoughTheCancellationIsAsked()
    {
        var waits = await ChallengeAsync(Host);
        Host.Gateway.CompleteChallenge(waits.Operation!.Reference);
        Host.Time.Advance(TimeSpan.FromMinutes(15));

        await Host.Service.RecoverAsync(cancellationToken: Token);

        Assert.Equal(InvoiceStatus.Paid, (await Host.InvoiceAsync()).Status);
        await Host.BooksAgreeAsync();
    }

    [Fact]
    [Parity("RAP-05")]
    public async Task BeforeTheDeadline_LookingAtItCallsNothingOff()
    {
        var waits = await ChallengeAsync(Host);

        Assert.IsType<PaymentResult.ActionRequired>(await Host.Service.ResumeAsync(new() { Operation = waits.Operation!.Id }, Token));

        Assert.DoesNotContain(Host.Gateway.Calls, c => c.Method == GatewayMethod.Cancel);
    }

    [Theory]
    [Parity("RAP-11")]
    [InlineData("succeed", "succeeded", 0)]
    [InlineData("fail", "declined", 1250)]
    [InlineData("abandon", "failed", 1250)]
    public async Task AChallengeIsSimulatedWithoutAProvider(string payer, string answer, long payable)
    {
        await Host.IssueAsync();
        var waits = Assert.IsType<PaymentResult.ActionRequired>(await Host.PayAsync(token: ScriptedTokens.Challenge));
        Assert.IsType<PendingAction.Redirect>(waits.Action);
        var reference = waits.Operation!.Reference;

        var outcome = payer == "abandon" ? Host.Gateway.AbandonChallenge(reference) : Host.Gateway.CompleteChallenge(reference, succeed: payer == "succeed");
        var end = await Host.HearAsync(waits.Operation.Id, outcome);

        Assert.Equal((answer, Eur(payable)), (end.Status, end.Invoice!.Payable));
        Assert.Equal(outcome, Host.Gateway.DrainNotifications()[^1].Outcome);
        await Host.BooksAgreeAsync();
    }

    private static async Task<PaymentResult.ActionRequired> ChallengeAsync(PaymentHost host)
    {
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.RequireActionForever());
        return Assert.IsType<PaymentResult.ActionRequired>(await host.PayAsync());
    }
}
