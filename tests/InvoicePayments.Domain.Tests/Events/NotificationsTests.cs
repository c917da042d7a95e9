namespace InvoicePayments.Tests;

/// <summary>What subscribers are told of each fact, and of which they are told nothing.</summary>
public sealed class NotificationsTests
{
    private static readonly Dictionary<Type, string> OfACharge = new()
    {
        [typeof(InvoiceEvent.Drafted)] = "InvoiceUpdated drafted", [typeof(InvoiceEvent.Issued)] = "InvoiceFinalized acc_1 EUR 100.00 2026-03-15",
        [typeof(InvoiceEvent.Paid)] = "InvoicePaid", [typeof(InvoiceEvent.Voided)] = "InvoiceUpdated voided", [typeof(InvoiceEvent.MarkedUncollectible)] = "InvoiceUpdated uncollectible",
        [typeof(InvoiceEvent.Authorized)] = "InvoiceUpdated authorization", [typeof(InvoiceEvent.Succeeded)] = "PaymentSucceeded pay_op1 EUR 90.00, PaymentCompleted pay_op1 EUR 90.00, InvoiceUpdated payment",
        [typeof(InvoiceEvent.LateAnswer)] = "PaymentSucceeded pay_op1 EUR 0.01, PaymentCompleted pay_op1 EUR 0.01, InvoiceUpdated payment",
        [typeof(InvoiceEvent.Ended)] = "PaymentFailed pay_op1 Declined 54 Expired.", [typeof(InvoiceEvent.DisputeOpened)] = "InvoiceUpdated dispute",
        [typeof(InvoiceEvent.DisputeWon)] = "InvoiceUpdated dispute", [typeof(InvoiceEvent.DisputeLost)] = "InvoiceUpdated dispute", [typeof(InvoiceEvent.DebitReturned)] = "InvoiceUpdated returned",
    };

    [Fact]
    public void EveryFact_IsToldInItsOwnWords_OrNotAtAll()
    {
        foreach (var fact in FactSamples.All)
        {
            var created = fact is InvoiceEvent.OperationEvent ? "PaymentCreated pay_op1" : "";
            var own = OfACharge.GetValueOrDefault(fact.GetType(), "");
            Assert.Equal((fact.GetType(), string.Join(", ", new[] { created, own }.Where(t => t != ""))), (fact.GetType(), Told(fact)));
            Assert.All(Notifications.Of(fact), n => Assert.Equal((fact.Tenant, fact.Invoice, fact.Sequence, fact.At), (n.Tenant, n.Invoice, n.Sequence, n.At)));
        }
    }

    [Theory]
    [InlineData(OperationKind.Refund, "InvoiceUpdated refund", "InvoiceUpdated refund", "")]
    [InlineData(OperationKind.Void, "InvoiceUpdated void", "InvoiceUpdated void", "")]
    [InlineData(OperationKind.Authorize, null, null, "PaymentFailed pay_op1 Declined 54 Expired.")]
    [InlineData(OperationKind.Capture, null, null, "PaymentFailed pay_op1 Declined 54 Expired.")]
    public void WhatIsGivenBack_IsToldOfTheInvoiceAlone(OperationKind kind, string? moved, string? late, string ended)
    {
        Assert.Equal(moved ?? OfACharge[typeof(InvoiceEvent.Succeeded)], Told(Of<InvoiceEvent.Succeeded>(kind)));
        Assert.Equal(late ?? OfACharge[typeof(InvoiceEvent.LateAnswer)], Told(Of<InvoiceEvent.LateAnswer>(kind)));
        Assert.Equal(ended, Told(Of<InvoiceEvent.Ended>(kind)));
    }

    [Fact]
    public void AnAuthorizationThatEndedWell_IsNoFailure_AndAnErrorIsToldWhereThereIsNoDecline()
    {
        Assert.Equal("InvoiceUpdated authorization", Told(Of<InvoiceEvent.Ended>(OperationKind.Authorize) with { Status = OperationStatus.Succeeded }));
        Assert.Equal("PaymentFailed pay_op1 Succeeded 54 Expired.", Told(Of<InvoiceEvent.Ended>(OperationKind.Charge) with { Status = OperationStatus.Succeeded }));
        Assert.Equal("PaymentFailed pay_op1 Failed code Why.", Told(Of<InvoiceEvent.Ended>(OperationKind.Charge) with { Status = OperationStatus.Failed, Decline = null }));
        Assert.Throws<ArgumentNullException>(() => Notifications.Of(null!));
    }

    private static T Of<T>(OperationKind kind)
        where T : InvoiceEvent.OperationEvent => FactSamples.All.OfType<T>().Single() with { Kind = kind, Created = null };

    private static string Told(InvoiceEvent fact) => string.Join(", ", Notifications.Of(fact).Select(n => n.GetType().Name + n switch
    {
        InvoiceNotification.PaymentCreated created => $" {created.Payment.Id}",
        InvoiceNotification.PaymentSucceeded paid => $" {paid.Payment} {paid.Amount}",
        InvoiceNotification.PaymentCompleted paid => $" {paid.Payment} {paid.Amount}",
        InvoiceNotification.PaymentFailed failed => $" {failed.Payment} {failed.Status} {failed.ErrorCode} {failed.ErrorMessage}",
        InvoiceNotification.InvoiceFinalized issued => $" {issued.Account} {issued.Total} {issued.DueAt:yyyy-MM-dd}",
        InvoiceNotification.InvoiceUpdated updated => $" {updated.What}",
        _ => "",
    }));
}
