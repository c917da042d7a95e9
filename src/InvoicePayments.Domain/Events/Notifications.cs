namespace InvoicePayments;

/// <summary>What a customer is told of each fact, in order. The same fact gives the same notifications, whenever it is delivered.</summary>
public static class Notifications
{
    /// <summary>The notifications of a fact; none for what is only of interest within.</summary>
    public static IReadOnlyList<InvoiceNotification> Of(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var created = fact is InvoiceEvent.OperationEvent { Created: { } payment } ? new InvoiceNotification.PaymentCreated(payment) : null;
        return [.. Told(fact).Prepend(created).OfType<InvoiceNotification>()
            .Select(n => n with { Tenant = fact.Tenant, Invoice = fact.Invoice, Sequence = fact.Sequence, At = fact.At })];
    }

    private static InvoiceNotification?[] Told(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.Drafted => [new InvoiceNotification.InvoiceUpdated("drafted")],
        InvoiceEvent.Issued issued => [new InvoiceNotification.InvoiceFinalized(issued.Account, issued.Total, issued.DueAt)],
        InvoiceEvent.Paid => [new InvoiceNotification.InvoicePaid()],
        InvoiceEvent.Voided => [new InvoiceNotification.InvoiceUpdated("voided")],
        InvoiceEvent.MarkedUncollectible => [new InvoiceNotification.InvoiceUpdated("uncollectible")],
        InvoiceEvent.Authorized => [new InvoiceNotification.InvoiceUpdated("authorization")],
        InvoiceEvent.Succeeded { Kind: OperationKind.Void } or InvoiceEvent.LateAnswer { Kind: OperationKind.Void } or InvoiceEvent.Ended { Kind: OperationKind.Authorize, Status: OperationStatus.Succeeded } =>
            [new InvoiceNotification.InvoiceUpdated(fact is InvoiceEvent.Ended ? "authorization" : "void")],
        InvoiceEvent.Succeeded { Kind: OperationKind.Refund } or InvoiceEvent.LateAnswer { Kind: OperationKind.Refund } =>
            [new InvoiceNotification.InvoiceUpdated("refund")],
        InvoiceEvent.DisputeOpened or InvoiceEvent.DisputeWon or InvoiceEvent.DisputeLost => [new InvoiceNotification.InvoiceUpdated("dispute")],
        InvoiceEvent.DebitReturned => [new InvoiceNotification.InvoiceUpdated("returned")],
        InvoiceEvent.Succeeded moved => Moved(moved, moved.Moved),
        InvoiceEvent.LateAnswer late => Moved(late, late.Moved),
        InvoiceEvent.Ended { Kind: not (OperationKind.Refund or OperationKind.Void) } ended =>
            [new InvoiceNotification.PaymentFailed(ended.Payment, ended.Status, ended.Decline?.RawCode ?? ended.Why?.Code, ended.Decline?.Message ?? ended.Why?.Message)],
        _ => [],
    };

    private static InvoiceNotification[] Moved(InvoiceEvent.OperationEvent fact, Money amount) =>
    [
        new InvoiceNotification.PaymentSucceeded(fact.Payment, amount),
        new InvoiceNotification.PaymentCompleted(fact.Payment, amount),
        new InvoiceNotification.InvoiceUpdated("payment"),
    ];
}
