namespace InvoicePayments;

/// <summary>What kind of refusal it is, for hosts that answer over HTTP.</summary>
public enum RejectionClass
{
    /// <summary>The request is malformed (400).</summary>
    Invalid,

    /// <summary>Nobody knows who is asking (401).</summary>
    Unauthenticated,

    /// <summary>What it names is not there, or not the caller's (404).</summary>
    NotFound,

    /// <summary>It collides with what is under way or was done before (409).</summary>
    Conflict,

    /// <summary>It is understood, and a rule forbids it (422).</summary>
    Unprocessable,
}

/// <summary>
/// Why a command was refused: one of a closed, documented list. A rejected command stores nothing, so the corrected one may use the
/// same idempotency key.
/// </summary>
public sealed partial record Rejection
{
    private Rejection(string code, RejectionClass @class, string message, string whatToDo) =>
        (Code, Class, Message, WhatToDo) = (code, @class, message, whatToDo);

    /// <summary>A short stable word.</summary>
    public string Code { get; }

    /// <summary>What kind of refusal it is.</summary>
    public RejectionClass Class { get; }

    /// <summary>What is wrong, in one sentence.</summary>
    public string Message { get; }

    /// <summary>What the caller should do.</summary>
    public string WhatToDo { get; }

    /// <summary>The payment is not known, or not the caller's.</summary>
    public static Rejection PaymentNotFound { get; } = new("payment_not_found", RejectionClass.NotFound, "There is no such payment.", "Check the payment id, the account and the tenant.");

    /// <summary>The operation is not known.</summary>
    public static Rejection OperationNotFound { get; } = new("operation_not_found", RejectionClass.NotFound, "There is no such operation.", "Check the operation id and the tenant. What a gateway reported about it is kept in case it turns up.");

    /// <summary>What is asked for is spoken for by a payment that is under way (Rapyd: ERROR_PAY_INVOICE_PAYMENT_PENDING).</summary>
    public static Rejection PaymentInProgress { get; } = new("payment_in_progress", RejectionClass.Conflict, "A payment of this invoice is under way.", "Wait for its outcome, or ask for no more than is still payable.");

    /// <summary>The same amount was paid for the same thing with the same method a moment ago, under another key.</summary>
    public static Rejection PossibleDuplicate { get; } = new("possible_duplicate", RejectionClass.Conflict, "The same was paid a moment ago, which looks like a second click.", "Look at the payment that is named; when a second one is meant, send it again with ConfirmDuplicate.");

    /// <summary>The operation is final, or still under way by itself: there is nothing for a person to settle.</summary>
    public static Rejection OperationNotSettleable { get; } = new("operation_not_settleable", RejectionClass.Conflict, "Only what nobody could answer is settled by hand.", "Look at the operation; resume it when it is still under way.");

    /// <summary>Somebody is asking the gateway about the operation at this moment.</summary>
    public static Rejection OperationBusy { get; } = new("operation_busy", RejectionClass.Conflict, "The gateway is being asked about the operation right now.", "Wait for its answer, and look again.");

    /// <summary>The key is missing, too long or not text (Stax: 1 to 255 characters).</summary>
    public static Rejection IdempotencyKeyInvalid { get; } = new("idempotency_key_invalid", RejectionClass.Invalid, "The idempotency key is not valid.", "Use 1 to 255 characters, for example a GUID.");

    /// <summary>The key was used for another request.</summary>
    public static Rejection IdempotencyKeyReused { get; } = new("idempotency_key_reused", RejectionClass.Unprocessable, "The idempotency key was used for another request.", "Use a new key for a new request; repeat a request exactly to repeat its answer.");

    /// <summary>A text is too long, is not text, or holds what looks like a card number.</summary>
    public static Rejection TextInvalid { get; } = new("text_invalid", RejectionClass.Invalid, "A text is not acceptable.", "Correct the text that is named.");

    /// <summary>Offline money is said to have moved in the future (Billingrails: succeeded_at).</summary>
    public static Rejection SucceededAtInFuture { get; } = new("succeeded_at_in_future", RejectionClass.Invalid, "The money cannot have moved in the future.", "Give the time at which it moved, or leave it out for now.");

    /// <summary>The payment does not say whose account calls, and the policy wants to know.</summary>
    public static Rejection CallerUnknown { get; } = new("caller_unknown", RejectionClass.Unauthenticated, "Nobody knows who is calling.", "Sign in, and pass the calling account on.");

    /// <summary>A payment was created without an account (Billingrails: account_id).</summary>
    public static Rejection AccountMissing { get; } = new("account_missing", RejectionClass.Invalid, "The account is missing.", "Name the account that owns what is paid.");

    /// <summary>A payment was created without a reference (Billingrails: reference_id).</summary>
    public static Rejection ReferenceMissing { get; } = new("reference_missing", RejectionClass.Invalid, "The reference is missing.", "Give the payment a reference of your own, such as a receipt number.");

    /// <summary>An offline payment has a payment method, or an online one says when it succeeded (Billingrails).</summary>
    public static Rejection PaymentModeMismatch { get; } = new("payment_mode_mismatch", RejectionClass.Invalid, "What was given does not fit the mode of the payment.", "Name a payment method or an integration for online payments only, and the time at which the money moved for offline ones only.");

    /// <summary>Too many others changed the same invoice at the same time.</summary>
    public static Rejection Busy { get; } = new("busy", RejectionClass.Conflict, "The invoice is being changed by too many at once.", "Send the same request with the same key again; nothing was stored.");

    /// <summary>Every rejection there is, by code.</summary>
    public static IReadOnlyList<Rejection> All => Listed.All;

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    // A class of its own: it is filled when all of those that it names are there.
    private static class Listed
    {
        internal static IReadOnlyList<Rejection> All { get; } =
        [
            InvoiceNotFound, PayableMissing, PayableAmbiguous, TooManyInvoices, AccountsDiffer, AllocationInvalid, BalanceWithCaptureLater, PaymentNotFound, OperationNotFound,
            InvoiceDraft, InvoicePaid, InvoiceVoid, InvoiceUncollectible, InvoiceIsPayout, InvoiceCollectedBySubscription, InvoiceCollectedByStore,
            InvoiceAlreadyExists, InvoiceTotalInvalid, InvoiceStateInvalid, MoneyReceived, MoneyUnderWay, PaymentInProgress,
            InvoiceNotDue, PossibleDuplicate, OperationNotSettleable, OperationBusy,
            AmountNotPositive, AmountExceedsPayable, AmountExceedsRefundable, PartialPaymentNotAllowed, CurrencyMismatch,
            AuthorizationIncomplete, AuthorizationNotFound, AuthorizationClosed, AuthorizationSuspicious, AmountExceedsAuthorized, PaymentSettled, PaymentNotWhole,
            PaymentMethodMissing, PaymentMethodIncomplete, PaymentMethodAmbiguous, PaymentMethodNotFound, PaymentMethodNotChargeable, PaymentMethodTaken,
            PaymentMethodNotTokenizable, CallerUnknown, AccountMissing, ReferenceMissing, PaymentModeMismatch,
            SplitFundingInvalid, SplitFundingNotEnrolled, GatewayNotRegistered, GatewayCannot, PaymentLinkUnavailable, PaymentLinkWithCaptureLater,
            IdempotencyKeyInvalid, IdempotencyKeyReused, TextInvalid, SucceededAtInFuture, Busy,
        ];
    }
}
