namespace InvoicePayments;

/// <summary>What a line of a gateway's statement says happened.</summary>
public enum StatementLineKind
{
    /// <summary>Money was taken from a payer.</summary>
    Payment,

    /// <summary>Money was given back.</summary>
    Refund,

    /// <summary>A lost dispute took money.</summary>
    Dispute,

    /// <summary>A direct debit came back.</summary>
    Return,
}

/// <summary>One movement of money, as a gateway's own statement or settlement report lists it.</summary>
/// <param name="Id">The gateway's id: of the payment, the refund or the dispute; for a return that of the payment that came back.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Amount">How much moved; always more than zero, whichever way it moved.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reference">Our reference that the request carried, when the statement knows it.</param>
/// <param name="Of">For a dispute or a refund: the gateway's id of the payment, when the statement knows it.</param>
public sealed record GatewayStatementLine(
    GatewayPaymentId Id, StatementLineKind Kind, Money Amount, DateTimeOffset At, GatewayReference? Reference = null, GatewayPaymentId? Of = null);
