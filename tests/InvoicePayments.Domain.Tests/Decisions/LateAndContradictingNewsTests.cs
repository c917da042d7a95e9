using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

public sealed class LateAndContradictingNewsTests
{
    private readonly Story _story = Story.Of(1000);
    private readonly PaymentOperation _charge;

    public LateAndContradictingNewsTests() => _charge = _story.Ask(Pay()).Operation;

    [Fact]
    public void WhenMoneyComesAfterADecline_ItIsRecordedAsAnOperationAndAPaymentOfItsOwn()
    {
        _story.Tell(_charge.Id, new GatewayOutcome.Declined(NoFunds));
        _story.Tell(_charge.Id, Success(1000));
        var late = Assert.Single(_story.Operations, o => o.EvidenceOf == _charge.Id);

        Assert.Equal(OperationStatus.Declined, _story[_charge.Id].Status);
        Assert.Equal((OperationStatus.Succeeded, Eur(1000)), (late.Status, late.Moved!.Value));
        Assert.Equal(Eur(1000), _story[late.Payment].Captured);
        Assert.Equal(Eur(0), _story[_charge.Payment].Captured);
        Assert.Equal((InvoiceStatus.Paid, 1000), (_story.Invoice.Status, _story.Invoice.Sums.Unreserved));
        Assert.False(_story.Invoice.LastAttemptFailed);
        Assert.Single(_story.Facts.OfType<InvoiceEvent.LateAnswer>());
    }

    [Fact]
    public void WhenASecondMovementIsReported_TheInvoiceShowsAsOverpaid()
    {
        _story.Tell(_charge.Id, Success(1000, "ch_1"));
        _story.Tell(_charge.Id, Success(1000, "ch_2"));

        Assert.Equal((Eur(2000), Eur(1000)), (_story.Invoice.Settled, _story.Invoice.Overpaid));
        Assert.Equal(InvoiceFlags.Overpaid, _story.Invoice.Flags);
        Assert.Equal(2, _story.Payments.Count);
    }

    [Fact]
    public void WhenTheSameMovementIsReportedAgain_ItCountsOnce()
    {
        foreach (var id in new[] { "ch_1", "ch_1", "ch_2", "ch_2", "ch_1", "ch_2" }) _story.Tell(_charge.Id, Success(1000, id));

        Assert.Equal(Eur(2000), _story.Invoice.Settled);
    }

    [Fact]
    public void WhenALatePaymentIsGivenBack_TheInvoiceIsNoLongerOverpaid()
    {
        _story.Tell(_charge.Id, Success(1000, "ch_1"));
        _story.Tell(_charge.Id, Success(1000, "ch_2"));
        var second = Assert.Single(_story.Payments, p => p.GatewayPaymentId == new GatewayPaymentId("ch_2"));
        _story.Tell(_story.Ask(Refund(second.Id)).Operation.Id, Success(1000, "re_1"));

        Assert.Equal((Eur(0), Eur(0)), (_story.Invoice.Overpaid, _story.Invoice.Due));
        Assert.Equal(Eur(1000), _story[_charge.Payment].Refundable);
    }

    [Fact]
    public void WhenARefundIsReportedTwice_BothAreRecordedOnTheSamePayment()
    {
        _story.Tell(_charge.Id, Success(1000));
        var refund = _story.Ask(Refund(_charge.Payment, 300)).Operation;
        _story.Tell(refund.Id, Success(300, "re_1"));
        _story.Tell(refund.Id, Success(300, "re_2"));

        Assert.Equal((Eur(600), Eur(400)), (_story[_charge.Payment].Refunded, _story[_charge.Payment].Refundable));
        Assert.Equal(Eur(600), _story.Invoice.Refunded);
        Assert.Single(_story.Payments);
    }

    [Theory]
    [InlineData(300, 600, 1000)]
    [InlineData(1000, 300, 600)]
    [InlineData(600, 1000, 300)]
    public void WhenOneMovementIsToldWithSeveralAmounts_TheLargestCountsAndTheOthersAreShown(long first, long second, long third)
    {
        foreach (var amount in new[] { first, second, third, first, second, third })
            _story.Tell(_charge.Id, amount == 1000 ? Success(1000) : Partly(amount));

        Assert.Equal((Eur(1000), Eur(0), Eur(0)), (_story.Invoice.Settled, _story.Invoice.Reserved, _story.Invoice.Overpaid));
        Assert.Equal(Eur(1000), Assert.Single(_story.Payments).Captured);
        Assert.Equal([Eur(300), Eur(600)], _story[_charge.Payment].Discrepancies.Select(d => d.Reported));
        Assert.Equal(Eur(first), _story[_charge.Id].Moved);
    }

    [Fact]
    public void WhenALateMovementIsToldWithTwoAmounts_TheLargerCountsOnItsOwnPayment()
    {
        _story.Tell(_charge.Id, Success(1000, "ch_1"));
        _story.Tell(_charge.Id, Partly(200, "ch_2"));
        _story.Tell(_charge.Id, Success(1000, "ch_2"));

        Assert.Equal([Eur(1000), Eur(1000)], _story.Payments.Select(p => p.Captured));
        Assert.Equal(Eur(1000), _story.Invoice.Overpaid);
    }

    [Fact]
    public void WhenARefundIsReportedAsPartlyApproved_ItIsShownAndNotTakenAsASuccess()
    {
        _story.Tell(_charge.Id, Success(1000));
        var refund = _story.Ask(Refund(_charge.Payment, 300)).Operation;
        _story.Tell(refund.Id, Partly(200, "re_1"));

        Assert.Equal(OperationStatus.NeedsAttention, _story[refund.Id].Status);
        Assert.Equal((Eur(0), Eur(700)), (_story[_charge.Payment].Refunded, _story[_charge.Payment].Refundable));
    }

    public static TheoryData<long, string, bool> Wrong => new()
    {
        { 999, "EUR", false }, { 1001, "EUR", false }, { 1001, "EUR", true }, { 0, "EUR", true }, { -1, "EUR", true },
        { 1000, "USD", false }, { 400, "USD", true },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WhenWhatIsReportedDiffers_ItIsShownAndNotTakenAsASuccess(long amount, string currency, bool partial)
    {
        var reported = Money.FromMinorUnits(amount, Currency.FromCode(currency));
        var news = new GatewayOutcome.Succeeded(new("ch_1"), reported, partial);
        var result = Assert.IsType<PaymentResult.Processing>(_story.Tell(_charge.Id, news));
        _story.Tell(_charge.Id, news);

        Assert.Equal("amount_differs", result.ErrorCode);
        Assert.Equal(new Discrepancy(_charge.Id, new("ch_1"), reported), Assert.Single(_story[_charge.Payment].Discrepancies));
        Assert.Equal((Eur(0), Eur(1000)), (_story.Invoice.Settled, _story.Invoice.Reserved));
        Assert.Equal(InvoiceFlags.NeedsAttention, _story.Invoice.Flags);
        Assert.Null(_story[_charge.Id].NextCheckAt);
        Assert.Single(_story.Facts.OfType<InvoiceEvent.DiscrepancySeen>());
    }

    [Fact]
    public void WhenADifferingReportComesAfterTheEnd_ItIsShownAllTheSame()
    {
        _story.Tell(_charge.Id, Success(1000));
        _story.Tell(_charge.Id, Success(700, "ch_2"));

        Assert.Equal(OperationStatus.Succeeded, _story[_charge.Id].Status);
        Assert.Single(_story[_charge.Payment].Discrepancies);
        Assert.Equal(Eur(1000), _story.Invoice.Settled);
    }

    [Theory]
    [InlineData("1", "2", 10, 20, "2")]
    [InlineData("2", "1", 20, 10, "2")]
    [InlineData("1", "2", 20, 20, "2")]
    [InlineData("2", "1", 20, 20, "2")]
    public void OfTwoChallenges_TheOneThatLastsLongerCounts(
        string first, string second, int firstMinutes, int secondMinutes, string expected)
    {
        _story.Tell(_charge.Id, Challenge(first, Noon.AddMinutes(firstMinutes)));
        _story.Tell(_charge.Id, Challenge(second, Noon.AddMinutes(secondMinutes)));

        Assert.Equal(Challenge(expected).Action, _story[_charge.Id].Action);
        Assert.Equal(Noon.AddMinutes(20), _story[_charge.Id].ActionDeadline);
    }
}
