using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What a command would do, and in which words its answer is told.</summary>
public sealed class PaymentPlanTests
{
    private readonly Story _story = Story.Of(1000);

    [Fact]
    public void EveryDecision_IsAPlan()
    {
        var refused = Assert.IsType<PaymentPlan.Refused>(Plan(Pay(1001)));
        Assert.Equal(Rejection.AmountExceedsPayable, refused.Why);
        Assert.Contains("Asked: EUR 10.01, due: EUR 10.00, payable: EUR 10.00.", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(Eur(100), Assert.IsType<PaymentPlan.Records>(Plan(Cash(100))).Answer.Payment!.Captured);
        var asks = Assert.IsType<PaymentPlan.AsksGateway>(Plan(Pay(400)));
        Assert.Equal((Eur(400), Eur(400)), (asks.Operation.Amount, Assert.Single(asks.Invoices).Reserved));

        _story.Now += Patience;
        Assert.IsType<PaymentPlan.FindsOut>(Plan(Pay(400)));
        Assert.True(Assert.IsType<PaymentPlan.Repeats>(Plan(Cash(100))).Answer.IsReplay);
        var news = new RecordOutcome { Operation = IdempotencyGuard.OperationOf(TenantId.Default, IdempotencyScope.Tenant, null, new("k9")), Gateway = Acme, Outcome = Success(1, "ch_9") };
        Assert.Equal(Rejection.OperationNotFound, Assert.IsType<PaymentPlan.Refused>(Plan(news)).Why);
        Assert.IsType<PaymentPlan.FindsOut>(Plan(Pay(1, "k9")));
    }

    [Fact]
    public void EveryAnswer_HasItsWord_ItsCodeAndItsMessage()
    {
        var charge = _story.Ask(Pay(100)).Operation;
        Told(_story.Tell(charge.Id, new GatewayOutcome.Unknown(NoAnswer)), "processing", "timeout", "No answer in time.");
        Told(_story.Tell(charge.Id, Challenge()), "action_required", null, null);
        Told(_story.Tell(charge.Id, Success(100)), "succeeded", null, null);
        Told(Ended(new GatewayOutcome.Declined(NoFunds), "k2"), "declined", "51", "Not enough money.");
        Told(Ended(new GatewayOutcome.Refused(NoAnswer), "k3"), "failed", "timeout", "No answer in time.");
        Told(Ended(new GatewayOutcome.Canceled(), "k4"), "failed", "canceled", "It was called off before money moved.");
        Told(Ended(new GatewayOutcome.Expired(), "k5"), "failed", "expired", "It ran out of time before money moved.");
        var held = _story.Ask(Pay(100, "k6") with { CaptureLater = true }).Operation;
        Told(_story.Tell(held.Id, Blocked(100)), "authorized", null, null);
        Told(_story.Refusal(Cash(0)), "rejected", "amount_not_positive", _story.Refusal(Cash(0)).Detail);
    }

    [Fact]
    public void TheCustomer_IsHandedToItsOwnAccountAfterASuccessAlone()
    {
        var paid = _story.Answer(Cash(100));
        Assert.Equal((Ada, null, null), (paid.CustomerOf(Ada), paid.CustomerOf(Bob), paid.CustomerOf(null)));
        var resource = new CustomerResource(Ada, "secret");
        Assert.Equal(resource, Assert.IsType<PaymentResult.Succeeded>(paid.With(resource)).Customer);
        Assert.DoesNotContain("secret", resource.ToString(), StringComparison.Ordinal);

        var declined = Ended(new GatewayOutcome.Declined(NoFunds), "k1");
        Assert.Null(declined.CustomerOf(Ada));
        Assert.Same(declined, declined.With(resource));
        Assert.Null(new PaymentResult.Succeeded().Invoice);
    }

    private PaymentResult Ended(GatewayOutcome news, string key) => _story.Tell(_story.Ask(Pay(100, key)).Operation.Id, news);

    private PaymentPlan Plan(IDecidable<PaymentResult> command) => PaymentPlan.Of(_story.When(command));

    private static void Told(PaymentResult result, string status, string? code, string? message) =>
        Assert.Equal((status, code, message), (result.Status, result.ErrorCode, result.ErrorMessage));
}
