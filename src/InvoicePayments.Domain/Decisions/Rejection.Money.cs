namespace InvoicePayments;

/// <content>How much, and of what.</content>
public sealed partial record Rejection
{
    /// <summary>Account credit was to be spent beside money that is only blocked.</summary>
    public static Rejection BalanceWithCaptureLater { get; } = new("balance_with_capture_later", RejectionClass.Unprocessable, "Account credit is not spent beside money that is only blocked.", "Ask for one or the other: pay with credit first, and block the rest.");

    /// <summary>The amount is zero or negative (Chargebee: at least one minor unit).</summary>
    public static Rejection AmountNotPositive { get; } = new("amount_not_positive", RejectionClass.Invalid, "The amount is less than one minor unit.", "Ask for at least one minor unit, or leave the amount out for everything due.");

    /// <summary>More was asked for than is due.</summary>
    public static Rejection AmountExceedsPayable { get; } = new("amount_exceeds_payable", RejectionClass.Unprocessable, "The amount is more than is due.", "Ask for no more than is due, or leave the amount out.");

    /// <summary>More was to be given back than is here, counting refunds that are under way (Stax).</summary>
    public static Rejection AmountExceedsRefundable { get; } = new("amount_exceeds_refundable", RejectionClass.Unprocessable, "The amount is more than can be given back.", "Ask for no more than is refundable.");

    /// <summary>What is to be captured is named neither by its payment nor by its invoice and authorization, or by both.</summary>
    public static Rejection AuthorizationIncomplete { get; } = new("authorization_incomplete", RejectionClass.Invalid, "It is not clear what is to be captured.", "Give the payment id, or the invoice id and the authorization transaction id.");

    /// <summary>No open authorization has this id on the invoice, or the payment is none.</summary>
    public static Rejection AuthorizationNotFound { get; } = new("authorization_not_found", RejectionClass.NotFound, "There is no such authorization.", "Check the id, the invoice, the account and the tenant.");

    /// <summary>The authorization has been captured, voided, or has ended.</summary>
    public static Rejection AuthorizationClosed { get; } = new("authorization_closed", RejectionClass.Unprocessable, "The authorization is not open any more.", "Look at its operation; authorize or charge anew.");

    /// <summary>The gateway suspects fraud (Chargebee: invalid state for request).</summary>
    public static Rejection AuthorizationSuspicious { get; } = new("authorization_suspicious", RejectionClass.Unprocessable, "Invalid state for request: the fraud status of the authorization is suspicious.", "Void it.");

    /// <summary>More was to be captured than is still authorized.</summary>
    public static Rejection AmountExceedsAuthorized { get; } = new("amount_exceeds_authorized", RejectionClass.Unprocessable, "The amount is more than is still authorized.", "Ask for no more, or leave the amount out.");

    /// <summary>What is settled, or moved elsewhere, can no longer be voided (Stax).</summary>
    public static Rejection PaymentSettled { get; } = new("payment_settled", RejectionClass.Unprocessable, "The payment is settled and cannot be voided any more.", "Refund it.");

    /// <summary>A void takes back the whole, and some of it was given back or was never taken (Stax).</summary>
    public static Rejection PaymentNotWhole { get; } = new("payment_not_whole", RejectionClass.Unprocessable, "A void takes back the whole of a payment.", "Refund what is left of it.");

    /// <summary>The policy wants the whole amount due at once.</summary>
    public static Rejection PartialPaymentNotAllowed { get; } = new("partial_payment_not_allowed", RejectionClass.Unprocessable, "Only the whole amount due can be paid.", "Leave the amount out, or allow it with PaymentPolicy.AllowPartialPayments.");

    /// <summary>The amount is in another currency than what it is for.</summary>
    public static Rejection CurrencyMismatch { get; } = new("currency_mismatch", RejectionClass.Invalid, "The amount is in another currency.", "Use the currency of the invoice or payment.");

    /// <summary>The parts of a split do not sum exactly, one is not more than zero, or a recipient is named twice (Stax).</summary>
    public static Rejection SplitFundingInvalid { get; } = new("split_funding_invalid", RejectionClass.Unprocessable, "The split does not fit what is charged.", "Name each recipient once, with parts above zero that sum exactly to what is charged.");

    /// <summary>The merchant is not enrolled for split funding at the gateway (Stax).</summary>
    public static Rejection SplitFundingNotEnrolled { get; } = new("split_funding_not_enrolled", RejectionClass.Unprocessable, "The merchant is not enrolled for split funding at this gateway.", "Enrol it with the gateway and in GatewayProfile.EnrolledForSplitFunding, or pay without a split.");
}
