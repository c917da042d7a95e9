namespace InvoicePayments.Tests;

public sealed class DuplicateRuleTests
{
    [Theory]
    [InlineData(DuplicateRule.ReplaySameResult, typeof(GatewayOutcome.ActionRequired))]
    [InlineData(DuplicateRule.MarkedDuplicate, typeof(GatewayOutcome.ActionRequired))]
    [InlineData(DuplicateRule.ReplayCurrentState, typeof(GatewayOutcome.Succeeded))]
    [InlineData(DuplicateRule.RejectedAsDuplicate, typeof(GatewayOutcome.Unknown))]
    public async Task TheSameReferenceAgain_IsAnsweredByTheRule(DuplicateRule rule, Type answer)
    {
        var gateway = With(rule);
        var command = Requests.Charge("tok_3ds");
        await gateway.AskAsync(command);
        gateway.CompleteChallenge(command.Reference);
        Assert.IsType(answer, await gateway.AskAsync(command));
        Assert.Equal(1_250, gateway.Moved());
    }

    [Fact]
    public async Task WithoutARule_MoneyMovesAgainUnderANewId()
    {
        var gateway = With(DuplicateRule.None);
        var command = Requests.Charge();
        Assert.NotEqual(await gateway.AskAsync(command), await gateway.AskAsync(command));
        Assert.Equal(2_500, gateway.Moved());
    }

    [Fact]
    public async Task AfterTheWindow_MoneyMovesAgain()
    {
        var time = new ManualTimeProvider();
        var gateway = new ScriptedGateway(time);
        var command = Requests.Charge();
        await gateway.AskAsync(command);
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        await gateway.AskAsync(command);
        Assert.Equal(1_250, gateway.Moved());
        time.Advance(TimeSpan.FromTicks(1));
        await gateway.AskAsync(command);
        Assert.Equal(2_500, gateway.Moved());
    }

    [Fact]
    public async Task AReferenceWithAnotherAmount_IsNotAnsweredAsTheFirst()
    {
        var gateway = With(DuplicateRule.ReplaySameResult);
        await gateway.AskAsync(Requests.Charge(reference: "same", cents: 5));
        Assert.IsType<GatewayOutcome.Unknown>(await gateway.AskAsync(Requests.Charge(reference: "same", cents: 6)));
        Assert.Equal(5, gateway.Moved());
    }

    [Fact]
    public async Task Refunds_NeverExceedTheCharge()
    {
        var gateway = With(DuplicateRule.ReplaySameResult);
        var charge = await gateway.AskAsync(Requests.Charge());
        Assert.IsType<GatewayOutcome.Succeeded>(await gateway.AskAsync(Requests.Refund(charge, 1_000)));
        Assert.Equal("refund_exceeds_charge", Assert.IsType<GatewayOutcome.Refused>(await gateway.AskAsync(Requests.Refund(charge, 251))).Why.Code);
        gateway.Next(ScriptedBehaviour.ChargeTwice());
        Assert.IsType<GatewayOutcome.Refused>(await gateway.AskAsync(Requests.Refund(charge, 250)));
        Assert.IsType<GatewayOutcome.Succeeded>(await gateway.AskAsync(Requests.Refund(charge, 250)));
        Assert.Equal(0, gateway.Moved());
        Assert.Equal(1_250, gateway.Ledger.Refunded(Currency.EUR).MinorUnits);
    }

    private static ScriptedGateway With(DuplicateRule rule) => new(new ScriptedGatewayOptions { Profile = ScriptedGatewayOptions.ProfileOf(rule) });
}
