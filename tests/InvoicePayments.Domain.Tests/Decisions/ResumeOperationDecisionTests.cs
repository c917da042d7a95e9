using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class ResumeOperationDecisionTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public ResumeOperationDecisionTests() => _charge = _story.Ask(Pay()).Operation;

    [Fact]
    public void WhenTheOperationIsNotKnown_IsRejectedAsNotFound() =>
        Assert.Equal(Rejection.OperationNotFound, _story.Refusal(new ResumeOperation { Operation = new("nobody") }).Why);

    [Fact]
    public void WhenItIsFinal_ItsAnswerIsRepeatedAndNothingIsAsked()
    {
        _story.Tell(_charge.Id, Success(1000));
        _story.Now += TimeSpan.FromDays(1);

        Assert.True(Assert.IsType<PaymentResult.Succeeded>(_story.Answer(Resume())).IsReplay);
    }

    [Fact]
    public void WhenSomebodyIsTalkingToTheGateway_NobodyElseAsks()
    {
        _story.Now += Patience - TimeSpan.FromTicks(1);
        Assert.IsType<PaymentResult.Processing>(_story.Answer(Resume()));

        _story.Now += TimeSpan.FromTicks(1);
        _story.Resolve(Resume());
        Assert.IsType<PaymentResult.Processing>(_story.Answer(Resume()));
    }

    [Fact]
    public void WhenNobodyIs_ItIsClaimedAndTheGatewayIsAskedAboutExactlyWhatWasSent()
    {
        _story.Tell(_charge.Id, Challenge());
        _story.Now += Patience;
        var resolve = _story.Resolve(Resume());

        Assert.Equal(new(_charge.Reference, _story.CommandOf(_charge.Id)!, Noon, Noon, new GatewayPaymentId("ch_1")), resolve.Trace);
        Assert.Equal((1, _story.Now + Patience), (resolve.Operation.Checks, resolve.Operation.BusyUntil));
        Assert.Equal(_story[_charge.Id], resolve.Operation);
        Assert.False(resolve.ByCaller);
        Assert.Equal(OperationStatus.ActionRequired, resolve.Operation.Status);
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);
    }

    [Fact]
    public void WhenItsGatewayIsGone_ItStaysReservedAndIsLookedAtAgainLater()
    {
        _story.Gateways.Clear();
        _story.Now += Patience;
        var result = Assert.IsType<PaymentResult.Processing>(_story.Answer(Resume()));

        Assert.Equal(_story.Now.AddSeconds(5), result.Operation!.NextCheckAt);
        Assert.Equal(Eur(1000), _story.Invoice.Reserved);
    }

    [Fact]
    public void WhenADeadlineHasPassed_TimeAloneFreesNothing()
    {
        _story.Tell(_charge.Id, Challenge());
        _story.Now += TimeSpan.FromDays(400);
        _story.Resolve(Resume());

        Assert.Equal(OperationStatus.ActionRequired, _story[_charge.Id].Status);
        Assert.Equal(Eur(0), _story.Invoice.Payable);
    }

    private ResumeOperation Resume() => new() { Operation = _charge.Id };
}
