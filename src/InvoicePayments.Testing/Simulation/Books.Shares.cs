namespace InvoicePayments;

/// <content>What each document has of a payment, by the payment and by the document's own facts.</content>
internal sealed partial class Books
{
    private readonly Dictionary<(TenantId, PaymentId, InvoiceId), (long Captured, long Refunded, long Taken, long Reopened)> _told = [];

    // A payment through an instalment is told on the instalment and on the whole.
    private void Tell(IReadOnlyList<InvoiceEvent> facts)
    {
        foreach (var fact in facts.OfType<InvoiceEvent.OperationEvent>())
        {
            if (Moved(fact) is not { } moved) continue;
            var key = (fact.Tenant, fact.Payment, fact.Invoice);
            var before = _told.GetValueOrDefault(key);
            _told[key] = (before.Captured + moved.Captured, before.Refunded + moved.Refunded, before.Taken + moved.Taken, before.Reopened + moved.Reopened);
        }
    }

    private static (long Captured, long Refunded, long Taken, long Reopened)? Moved(InvoiceEvent.OperationEvent fact) => fact switch
    {
        InvoiceEvent.Succeeded { Kind: OperationKind.Refund or OperationKind.Void } back => (0, back.Moved.MinorUnits, 0, 0),
        InvoiceEvent.LateAnswer { Kind: OperationKind.Refund or OperationKind.Void } back => (0, back.Moved.MinorUnits, 0, 0),
        InvoiceEvent.Succeeded moved => (moved.Moved.MinorUnits, 0, 0, 0),
        InvoiceEvent.LateAnswer late => (late.Moved.MinorUnits, 0, 0, 0),
        InvoiceEvent.DisputeLost lost => (0, 0, lost.Taken.MinorUnits, 0),
        InvoiceEvent.DebitReturned returned => (0, 0, returned.Taken.MinorUnits, 0),
        InvoiceEvent.Reopened again => (0, 0, 0, again.Amount.MinorUnits),
        _ => null,
    };

    private void CheckShares(IEnumerable<Payment> payments)
    {
        foreach (var payment in payments)
        {
            foreach (var share in payment.Shares)
            {
                InvoiceId[] documents = share.Request is { } request ? [share.Invoice, request] : [share.Invoice];
                foreach (var document in documents)
                {
                    _told.Remove((payment.Tenant, payment.Id, document), out var told);
                    if (told != (share.Captured, share.Refunded, share.Taken, share.TakenReopened))
                        world.Break(Invariant.AllOrNothing, $"{document} has {(share.Captured, share.Refunded, share.Taken, share.TakenReopened)} by {payment.Id}, and its facts tell {told}.");
                }
            }
        }

        foreach (var ((tenant, payment, document), told) in _told.Where(t => t.Value != default))
            world.Break(Invariant.AllOrNothing, $"The facts of {tenant}/{document} tell that {payment} moved {told}, and it has no part of it.");
    }
}
