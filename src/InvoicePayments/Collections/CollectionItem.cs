namespace InvoicePayments;

/// <summary>What became of one invoice in a run.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Attempt">Which attempt it was; see <see cref="InvoiceDunning.Attempt"/>.</param>
/// <param name="Result">What a payment of it was answered. A replay was charged before: by another host, or before the run was stopped.</param>
public sealed record CollectionItem(InvoiceId Invoice, int Attempt, PaymentResult Result);
