namespace InvoicePayments;

/// <summary>All that is known of an operation whose answer is missing, for the gateway that is asked what became of it.</summary>
/// <param name="Reference">Our reference; the only thing that is surely known on both sides.</param>
/// <param name="Command">Exactly what was asked.</param>
/// <param name="FirstSentAt">When it was first sent at the earliest, UTC.</param>
/// <param name="LastSentAt">When it was last sent at the earliest, UTC.</param>
/// <param name="Id">The gateway's id, when an earlier answer gave one.</param>
public sealed record OperationTrace(
    GatewayReference Reference,
    GatewayCommand Command,
    DateTimeOffset FirstSentAt,
    DateTimeOffset LastSentAt,
    GatewayPaymentId? Id);
