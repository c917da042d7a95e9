using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>Law 7: evidence is a set. It may come late, twice and in any order, and every order ends in the same state.</summary>
public sealed class OrderFreeLawTests
{
    [Fact]
    public void EveryOrderOfTheNewsOfACharge_EndsInTheSameState() => Holds(OperationKind.Charge, Charging());

    [Fact]
    public void EveryOrderOfTheNewsOfARefund_EndsInTheSameState() => Holds(OperationKind.Refund, Refunding(reopen: false));

    [Fact]
    public void EveryOrderOfTheNewsOfARefundThatIsDueAgain_EndsInTheSameState() => Holds(OperationKind.Refund, Refunding(reopen: true));

    [Fact]
    public void EveryOrderOfTheNewsOfAnAuthorization_EndsInTheSameState() => Holds(OperationKind.Authorize, Authorizing());

    [Fact]
    public void EveryOrderOfTheNewsOfACapture_EndsInTheSameState() => Holds(OperationKind.Capture, Capturing(last: false));

    [Fact]
    public void EveryOrderOfTheNewsOfALastCapture_EndsInTheSameState() => Holds(OperationKind.Capture, Capturing(last: true));

    [Fact]
    public void EveryOrderOfTheNewsOfAVoid_EndsInTheSameState() => Holds(OperationKind.Void, Voiding());

    [Fact]
    public void EveryOrderOfTheNewsOfAVoidOfMoney_EndsInTheSameState() => Holds(OperationKind.Void, VoidingMoney());

    [Fact]
    public void EveryOrderOfTheNewsOfACaptureAndItsAuthorization_EndsInTheSameSums() => Property.Holds(Evidence.Any, news =>
    {
        // Every other piece of news is about the authorization that the capture takes from.
        var (begun, capture) = Capturing(last: false);
        var authorization = begun[capture].Authorization!.Value;
        var told = news.Select((piece, i) => (Id: i % 2 == 0 ? capture : authorization, News: piece)).Distinct().ToList();
        var ends = Property.OrdersOf(told).Select(order =>
        {
            var story = begun.Fork();
            foreach (var (id, piece) in order) story.Tell(id, piece);
            return (story.Invoice.Settled, story.Invoice.Reserved, story.Invoice.Payable, new End(story, capture).Holds);
        });

        Assert.Single(ends.Distinct());
    }, times: 100);

    [Fact]
    public void WhatIsInTheEnd_IsWhatTheEvidenceSays() => Property.Holds(Evidence.Any, news =>
    {
        var end = Tell(Charging(), news);
        var movements = news.OfType<GatewayOutcome.Succeeded>().Where(n => Evidence.Fits(n, OperationKind.Charge))
            .GroupBy(n => n.Id.Value, n => n.Moved.MinorUnits).Select(m => (Id: m.Key, Amount: m.Max())).ToList();
        var isFinal = news.Any(n => Evidence.EndIn(n, OperationKind.Charge) is not null);

        Assert.Equal(string.Join(' ', movements.Select(m => $"{m.Id}={m.Amount}").Order()), end.Movements);
        Assert.Equal($"{movements.Sum(m => m.Amount)} 0 0", end.Payments);
        Assert.Equal(movements.Sum(m => m.Amount), end.Settled);
        Assert.Equal(isFinal ? 0 : Evidence.Asked, end.Reserved);
    });

    private static void Holds(OperationKind kind, (Story Story, OperationId Id) begun) => Property.Holds(Evidence.Any, news =>
    {
        var words = news.Select(piece => Evidence.EndIn(piece, kind)).OfType<OperationStatus>().Distinct().Count();
        var expected = Tell(begun, [.. news.Distinct()]);
        foreach (var order in Property.OrdersOf(news))
        {
            var end = Tell(begun, order);

            // Two final words contradict each other, and final is final: the first one stays. All else is the same even then.
            if (words > 1) Assert.Equal(order.Select(piece => Evidence.EndIn(piece, kind)).First(word => word is not null), end.Status);
            Assert.Equal(expected with { Status = null }, end with { Status = null });
            if (words <= 1) Assert.Equal(expected.Status, end.Status);
        }

        Assert.Equal(Tell(begun, news), Tell(begun, [.. news, .. news]));
    }, times: 150);

    private static End Tell((Story Story, OperationId Id) begun, IReadOnlyList<GatewayOutcome> news)
    {
        var story = begun.Story.Fork();
        foreach (var piece in news) story.Tell(begun.Id, piece);
        return new(story, begun.Id);
    }

    private static (Story Story, OperationId Id) Charging()
    {
        var story = Story.Of(1000);
        return (story, story.Ask(Pay(Evidence.Asked)).Operation.Id);
    }

    private static (Story Story, OperationId Id) Authorizing()
    {
        var story = Story.Of(1000);
        return (story, story.Ask(Pay(Evidence.Asked) with { CaptureLater = true }).Operation.Id);
    }

    private static (Story Story, PaymentOperation Authorization) Authorized(long amount)
    {
        var story = Story.Of(2000);
        var authorization = story.Ask(Pay(amount) with { CaptureLater = true }).Operation;
        story.Tell(authorization.Id, Blocked(amount));
        return (story, authorization);
    }

    private static (Story Story, OperationId Id) Capturing(bool last)
    {
        var (story, authorization) = Authorized(1000);
        return (story, story.Ask(Capture(authorization.Payment, Evidence.Asked, last: last)).Operation.Id);
    }

    private static (Story Story, OperationId Id) Voiding()
    {
        var (story, authorization) = Authorized(Evidence.Asked);
        return (story, story.Ask(VoidOf(authorization.Payment)).Operation.Id);
    }

    private static (Story Story, OperationId Id) VoidingMoney()
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay(Evidence.Asked)).Operation;
        story.Tell(charge.Id, Success(Evidence.Asked));
        return (story, story.Ask(VoidOf(charge.Payment)).Operation.Id);
    }

    private static (Story Story, OperationId Id) Refunding(bool reopen)
    {
        var story = Story.Of(1000);
        var charge = story.Ask(Pay()).Operation;
        story.Tell(charge.Id, Success(1000));
        return (story, story.Ask(Refund(charge.Payment, Evidence.Asked, reopen: reopen)).Operation.Id);
    }
}
