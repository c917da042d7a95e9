namespace InvoicePayments;

/// <content>What happens to the operations of an invoice.</content>
public abstract partial record InvoiceEvent
{
    /// <summary>A fact about an operation, for one invoice of its allocation. All amounts are that invoice's part.</summary>
    public abstract record OperationEvent : InvoiceEvent
    {
        private protected OperationEvent()
        {
        }

        /// <summary>Which operation.</summary>
        public OperationId Operation { get; init; }

        /// <summary>The payment it belongs to.</summary>
        public PaymentId Payment { get; init; }

        /// <summary>What it is about.</summary>
        public OperationKind Kind { get; init; }

        /// <summary>The gateway that is asked; null when none is.</summary>
        public GatewayName? Gateway { get; init; }

        /// <summary>
        /// The payment as its first answer told of it, in the fact of that answer; null in every other fact. Rapyd's "invoice payment created"
        /// has the same content as the answer, so it has to be kept with it.
        /// </summary>
        public PaymentSummary? Created { get; init; }
    }

    /// <summary>Money was spoken for, and the gateway is about to be asked.</summary>
    /// <param name="Reserved">How much: of the invoice for a charge or authorization, of the authorization for a capture or void of it, of the payment for a refund or void of what has moved.</param>
    public sealed record Started(Money Reserved) : OperationEvent;

    /// <summary>The same was asked once more under the same reference, because the gateway's guarantee covers it.</summary>
    /// <param name="Send">Which time it is; the first was one.</param>
    public sealed record AskedAgain(int Send) : OperationEvent;

    /// <summary>The payer has to do something.</summary>
    /// <param name="RedirectUrl">Where to, for a redirect (Rapyd: redirect_url); null where a client secret is used, which is in no fact.</param>
    /// <param name="Until">Until when, UTC.</param>
    public sealed record ActionRequired(Uri? RedirectUrl, DateTimeOffset? Until) : OperationEvent;

    /// <summary>The money is blocked and can be captured.</summary>
    /// <param name="Approved">How much the bank approved, in all.</param>
    /// <param name="GatewayPaymentId">The gateway's id of the authorization (Chargebee: authorization_transaction_id).</param>
    /// <param name="ExpiresAt">Until when, UTC.</param>
    public sealed record Authorized(Money Approved, GatewayPaymentId GatewayPaymentId, DateTimeOffset? ExpiresAt) : OperationEvent;

    /// <summary>The operation stands elsewhere now, and goes on reserving.</summary>
    /// <param name="Status">Processing, authorized, unknown or needs attention.</param>
    /// <param name="Why">Why, for unknown and needs attention.</param>
    public sealed record Progressed(OperationStatus Status, OperationError? Why) : OperationEvent;

    /// <summary>The money moved: charged, captured, given back. Of an authorization that was voided nothing moved, and what it held is free.</summary>
    /// <param name="Moved">How much of it belongs to this invoice.</param>
    /// <param name="Released">The reservation that ended: more than moved after a partial approval, zero for an offline record and a void of what has moved; of the payment for a refund.</param>
    /// <param name="GatewayPaymentId">The gateway's id of the movement.</param>
    /// <param name="OfflineMethod">How it moved, when offline.</param>
    /// <param name="DueAgain">For a refund or void: whether it is due again.</param>
    public sealed record Succeeded(
        Money Moved, Money Released, GatewayPaymentId? GatewayPaymentId = null, OfflineMethod? OfflineMethod = null, bool DueAgain = false)
        : OperationEvent;

    /// <summary>The operation ended without moving money by itself, and what it reserved is free again. An authorization that was captured ends as succeeded.</summary>
    /// <param name="Status">Declined, failed, canceled, expired; succeeded for an authorization with its last capture.</param>
    /// <param name="Released">The reservation that ended; zero when it went back to the authorization that it came from, and for a void of what has moved.</param>
    /// <param name="Decline">Why the bank said no, when it did.</param>
    /// <param name="Why">Why otherwise.</param>
    public sealed record Ended(OperationStatus Status, Money Released, Decline? Decline, OperationError? Why) : OperationEvent;

    /// <summary>Money moved after the operation had ended, or a second time: recorded as an operation of its own, never dropped.</summary>
    /// <param name="EvidenceOf">The operation whose reference it carried.</param>
    /// <param name="Moved">How much of it belongs to this invoice.</param>
    /// <param name="GatewayPaymentId">The gateway's id of the movement.</param>
    /// <param name="DueAgain">For a refund: whether it is due again.</param>
    /// <param name="Released">What an authorization still held of it; null when nothing.</param>
    public sealed record LateAnswer(
        OperationId EvidenceOf, Money Moved, GatewayPaymentId GatewayPaymentId, bool DueAgain = false, Money? Released = null) : OperationEvent;

    /// <summary>The gateway reported another amount or currency than was asked: a person must look.</summary>
    /// <param name="Asked">What was asked, in all.</param>
    /// <param name="Reported">What the gateway says.</param>
    /// <param name="GatewayPaymentId">The gateway's id of what it reports.</param>
    public sealed record DiscrepancySeen(Money Asked, Money Reported, GatewayPaymentId GatewayPaymentId) : OperationEvent;

    /// <summary>Nobody could answer what became of the operation, and a person has; what follows from it is told by the fact after this one.</summary>
    /// <param name="Happened">Whether it happened.</param>
    /// <param name="By">Who says so.</param>
    /// <param name="Why">How that person knows; a customer may see it.</param>
    public sealed record SettledByHand(bool Happened, string By, string Why) : OperationEvent;

    /// <summary>A payment is disputed, or disputed for more than was known: so much more of it is held back.</summary>
    /// <param name="Held">How much more than before.</param>
    /// <param name="Dispute">The gateway's id of the dispute.</param>
    /// <param name="Reason">Why, in the gateway's words.</param>
    /// <param name="RespondBy">Until when evidence may be handed in, UTC.</param>
    public sealed record DisputeOpened(Money Held, GatewayPaymentId Dispute, string? Reason, DateTimeOffset? RespondBy) : OperationEvent;

    /// <summary>A dispute was won: what it held is free.</summary>
    /// <param name="Released">How much it held.</param>
    /// <param name="Dispute">The gateway's id of the dispute.</param>
    public sealed record DisputeWon(Money Released, GatewayPaymentId Dispute) : OperationEvent;

    /// <summary>A dispute was lost, or lost for more than was known: the money is taken.</summary>
    /// <param name="Taken">How much more than before.</param>
    /// <param name="Released">How much it held until now.</param>
    /// <param name="Dispute">The gateway's id of the dispute.</param>
    public sealed record DisputeLost(Money Taken, Money Released, GatewayPaymentId Dispute) : OperationEvent;

    /// <summary>A direct debit was returned after it had succeeded: the money is taken back.</summary>
    /// <param name="Taken">How much more than before.</param>
    /// <param name="Why">The bank's code, and what it means.</param>
    public sealed record DebitReturned(Money Taken, OperationError Why) : OperationEvent;

    /// <summary>What was taken of a payment is due again, as far as it was here and not given back before.</summary>
    /// <param name="Amount">How much more is due than before; negative when a refund turned out to have given the same money back.</param>
    public sealed record Reopened(Money Amount) : OperationEvent;
}
