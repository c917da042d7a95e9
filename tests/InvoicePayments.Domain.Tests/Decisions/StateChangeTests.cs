using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>What every change of an operation leaves behind on the invoice, the payment and the facts.</summary>
public sealed class StateChangeTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public StateChangeTests() => _charge = _story.Ask(Pay(600)).Operation;

    [Fact]
    public void WhenItEndedWithoutMoney_ThatIsToldWithWhatIsFreeAgain()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Declined(NoFunds));
        var fact = Assert.IsType<InvoiceEvent.Ended>(_story.Facts[^1]);

        Assert.Equal((OperationStatus.Declined, Eur(600), NoFunds, (OperationError?)null),
            (fact.Status, fact.Released, fact.Decline, fact.Why));
        Assert.Equal((_charge.Id, _charge.Payment, OperationKind.Charge), (fact.Operation, fact.Payment, fact.Kind));
        Assert.True(_story.Invoice.LastAttemptFailed);
    }

    [Fact]
    public void WhenMoneyIsRecordedByHand_ItIsAnAttemptThatDidNotFail()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Declined(NoFunds));
        _story.Answer(Cash());

        Assert.Equal((2, false), (_story.Invoice.AttemptCount, _story.Invoice.LastAttemptFailed));
    }

    [Fact]
    public void WhenAnAnswerIsRepeated_TheInvoiceAndThePaymentComeWithIt()
    {
        _story.Tell(_charge.Id, Success(600));
        var again = _story.Answer(Pay(600));

        Assert.Equal((_story.Invoice, _story[_charge.Payment], true), (again.Invoice, again.Payment, again.IsReplay));
    }

    [Fact]
    public void DiscrepanciesAreKeptInOneOrder_WhicheverCameFirst()
    {
        GatewayOutcome[] news =
        [
            Success(2, "b"), Success(1, "b"), new GatewayOutcome.Succeeded(new("a"), Money.FromMinorUnits(1, Currency.USD)),
            Success(3, "a"),
            Success(4, "a"),
        ];
        foreach (var piece in news) _story.Tell(_charge.Id, piece);
        _story.Tell(_charge.Id, Success(600, "c"));
        var refund = _story.Ask(Refund(_charge.Payment, 100)).Operation.Id;
        _story.Tell(refund, Success(99, "a"));

        string[] charged = ["a EUR 0.03", "a EUR 0.04", "a USD 0.01", "b EUR 0.01", "b EUR 0.02"];
        var refundFirst = string.CompareOrdinal(refund.Value, _charge.Id.Value) < 0;
        Assert.Equal(
            refundFirst ? ["a EUR 0.99", .. charged] : [.. charged, "a EUR 0.99"],
            _story[_charge.Payment].Discrepancies.Select(d => $"{d.GatewayPaymentId} {d.Reported}"));
    }

    [Fact]
    public void SumsOfAPaymentBeyondLongAreNeverWrapped()
    {
        _story.Invent(_charge.Payment, share => share with { Captured = long.MaxValue });
        Assert.Throws<OverflowException>(() => _story.Tell(_charge.Id, Success(600)));

        _story.Invent(_charge.Payment, share => share with { Captured = 0 });
        _story.Tell(_charge.Id, Success(600));
        var refund = _story.Ask(Refund(_charge.Payment, 100)).Operation.Id;
        _story.Invent(_charge.Payment, share => share with { RefundReserved = long.MinValue });
        Assert.Throws<OverflowException>(() => _story.Tell(refund, new GatewayOutcome.Refused(NoAnswer)));
        Assert.Throws<OverflowException>(() => _story.Tell(refund, Success(100)));

        _story.Invent(_charge.Payment, share => share with { RefundReserved = 100, Refunded = long.MaxValue });
        Assert.Throws<OverflowException>(() => _story.Tell(refund, Success(100)));
        _story.Invent(_charge.Payment, share => share with { Refunded = 0 });
        _story.Tell(refund, Success(100, "re_1"));
        _story.Invent(_charge.Payment, share => share with { Refunded = long.MaxValue });
        Assert.Throws<OverflowException>(() => _story.Tell(refund, Success(100, "re_2")));
    }

    [Fact]
    public void WhenAPaymentPaysTwoInvoices_EachShareGivesBackItsOwnPart()
    {
        var first = Story.Of(1000).Invoice with { Sums = new(600, 0, 0, 0, 0) };
        var second = first with { Id = new("inv_2"), Sums = new(300, 0, 0, 0, 0) };
        _story.Tell(_charge.Id, Success(600));
        var payment = _story[_charge.Payment] with { Shares = [new(first.Id, 600, 0, 0), new(second.Id, 300, 0, 0)], Amount = Eur(900) };
        var state = new InvoiceState { Invoices = [first, second], Payments = [payment] };

        var decided = Refund(payment.Id, 301).Decide(state, new(_story.Policy, Noon, _story.Gateways));
        var changes = Assert.IsType<Decision<PaymentResult>.Ask>(decided).Changes;
        Assert.Equal(
            [new(first.Id, 600, 0, 201), new PaymentShare(second.Id, 300, 0, 100)], Assert.Single(changes.Payments).Shares);
        Assert.Equal([first.Id, second.Id], changes.Invoices.Select(i => i.Id));
        Assert.All(changes.Invoices, invoice => Assert.Equal(InvoiceFlags.Processing, invoice.OpenFlags));
        Assert.Equal([201L, 100L], changes.Facts.Select(f => Assert.IsType<InvoiceEvent.Started>(f).Reserved.MinorUnits));
    }

    [Fact]
    public void WhatIsNotKnownIsNull()
    {
        Assert.Null(InvoiceState.Empty.CommandOf(_charge));
        Assert.Null(InvoiceState.Empty.Find(Inv));
        Assert.Null(InvoiceState.Empty.Find(_charge.Id));
        Assert.Null(InvoiceState.Empty.Find(_charge.Payment));
    }
}
