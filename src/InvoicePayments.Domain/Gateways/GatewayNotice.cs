using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What a gateway tells of a payment long after it succeeded: a dispute, a direct debit that came back, a refund that nobody here asked for, or
/// one that failed after all. It names the payment by the gateway's own id, not by our reference. A closed set; recorded by <see cref="RecordDispute"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DisputeOpened), "dispute_opened")]
[JsonDerivedType(typeof(DisputeWon), "dispute_won")]
[JsonDerivedType(typeof(DisputeLost), "dispute_lost")]
[JsonDerivedType(typeof(DebitReturned), "debit_returned")]
[JsonDerivedType(typeof(RefundedElsewhere), "refunded_elsewhere")]
[JsonDerivedType(typeof(RefundFailed), "refund_failed")]
public abstract record GatewayNotice
{
    private GatewayNotice(Money amount) => Amount = amount;

    /// <summary>How much it is about, in the currency of the payment; more than zero.</summary>
    public Money Amount { get; init; }

    /// <summary>The payer disputes a payment: the gateway holds the money back until somebody has decided.</summary>
    /// <param name="Dispute">The gateway's id of the dispute; every dispute has its own.</param>
    /// <param name="Amount">How much is held back. Of several reports the largest counts.</param>
    /// <param name="Reason">Why, in the gateway's words.</param>
    /// <param name="RespondBy">Until when evidence may be handed in, UTC; null when the gateway does not say.</param>
    public sealed record DisputeOpened(GatewayPaymentId Dispute, Money Amount, string? Reason = null, DateTimeOffset? RespondBy = null)
        : GatewayNotice(Amount);

    /// <summary>The dispute was decided for us: what was held back is ours again.</summary>
    /// <param name="Dispute">The gateway's id of the dispute.</param>
    /// <param name="Amount">How much was disputed.</param>
    public sealed record DisputeWon(GatewayPaymentId Dispute, Money Amount) : GatewayNotice(Amount);

    /// <summary>The dispute was decided for the payer: the money is taken. Beside a report that it was won this one counts, whichever came first.</summary>
    /// <param name="Dispute">The gateway's id of the dispute.</param>
    /// <param name="Amount">How much is taken. Of several reports the largest counts.</param>
    public sealed record DisputeLost(GatewayPaymentId Dispute, Money Amount) : GatewayNotice(Amount);

    /// <summary>A direct debit was returned after it had succeeded: the money is taken back, and there is nothing to decide.</summary>
    /// <param name="Amount">How much is taken back. Of several reports the largest counts.</param>
    /// <param name="Code">The bank's code, such as R01 or MD06.</param>
    /// <param name="Message">What it means, in a sentence.</param>
    public sealed record DebitReturned(Money Amount, string Code, string? Message = null) : GatewayNotice(Amount);

    /// <summary>
    /// The gateway gave money of the payment back that nobody here asked for, as by a person at the gateway's own site. It is a refund like any
    /// other; whether the invoice is due again the policy decides (<see cref="PaymentPolicy.RefundsReopenInvoices"/>).
    /// </summary>
    /// <param name="Refund">The gateway's id of the refund; every refund has its own, and counts once.</param>
    /// <param name="Amount">How much was given back. What is beyond what is here is shown to a person.</param>
    public sealed record RefundedElsewhere(GatewayPaymentId Refund, Money Amount) : GatewayNotice(Amount);

    /// <summary>
    /// A refund that had succeeded did not reach the payer: the gateway has the money again, and it still has to be given back, in another way. So
    /// the refund stays in the books, and a discrepancy shows on the payment that nothing moved.
    /// </summary>
    /// <param name="Refund">The gateway's id of the refund.</param>
    /// <param name="Amount">How much did not reach the payer.</param>
    /// <param name="Reference">Our reference of the refund; null when it was made elsewhere.</param>
    public sealed record RefundFailed(GatewayPaymentId Refund, Money Amount, GatewayReference? Reference = null) : GatewayNotice(Amount);
}
