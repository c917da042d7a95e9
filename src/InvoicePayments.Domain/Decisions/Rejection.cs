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
public sealed record Rejection
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

    /// <summary>The invoice is not known, or not the caller's: the two are answered alike.</summary>
    public static Rejection InvoiceNotFound { get; } = new("invoice_not_found", RejectionClass.NotFound, "There is no such invoice.", "Check the invoice id, the account and the tenant.");

    /// <summary>Nothing was named to be paid (Billingrails).</summary>
    public static Rejection PayableMissing { get; } = new("payable_missing", RejectionClass.Invalid, "Nothing is named that could be paid.", "Name exactly one of an invoice, a payment request, an order, a credit grant, or several invoices.");

    /// <summary>More than one thing was named to be paid, or an invoice twice (Billingrails).</summary>
    public static Rejection PayableAmbiguous { get; } = new("payable_ambiguous", RejectionClass.Invalid, "More than one thing is named to be paid, or one twice.", "Name exactly one of an invoice, a payment request, an order, a credit grant, or several invoices each once.");

    /// <summary>One payment was to pay more invoices than one payment may.</summary>
    public static Rejection TooManyInvoices { get; } = new("too_many_invoices", RejectionClass.Invalid, "One payment pays at most 100 invoices.", "Pay them in several payments.");

    /// <summary>Account credit was to be spent beside money that is only blocked.</summary>
    public static Rejection BalanceWithCaptureLater { get; } = new("balance_with_capture_later", RejectionClass.Unprocessable, "Account credit is not spent beside money that is only blocked.", "Ask for one or the other: pay with credit first, and block the rest.");

    /// <summary>One payment was to pay invoices of several accounts.</summary>
    public static Rejection AccountsDiffer { get; } = new("accounts_differ", RejectionClass.Unprocessable, "The invoices belong to several accounts.", "Pay the invoices of one account at a time.");

    /// <summary>The parts a caller told do not sum to the amount, or name payment requests.</summary>
    public static Rejection AllocationInvalid { get; } = new("allocation_invalid", RejectionClass.Invalid, "The parts do not sum to the amount, or name a payment request.", "Give parts of invoices that sum to the amount, or leave the amount out.");

    /// <summary>The payment is not known, or not the caller's.</summary>
    public static Rejection PaymentNotFound { get; } = new("payment_not_found", RejectionClass.NotFound, "There is no such payment.", "Check the payment id, the account and the tenant.");

    /// <summary>The operation is not known.</summary>
    public static Rejection OperationNotFound { get; } = new("operation_not_found", RejectionClass.NotFound, "There is no such operation.", "Check the operation id and the tenant. What a gateway reported about it is kept in case it turns up.");

    /// <summary>The invoice is still a draft.</summary>
    public static Rejection InvoiceDraft { get; } = new("invoice_draft", RejectionClass.Unprocessable, "The invoice has not been issued yet.", "Issue it first.");

    /// <summary>The invoice is paid already.</summary>
    public static Rejection InvoicePaid { get; } = new("invoice_paid", RejectionClass.Unprocessable, "The invoice is paid.", "Nothing: there is nothing left to pay.");

    /// <summary>The invoice was taken back.</summary>
    public static Rejection InvoiceVoid { get; } = new("invoice_void", RejectionClass.Unprocessable, "The invoice is void.", "Do not pay it; ask for a new invoice.");

    /// <summary>The invoice was given up, and the policy does not let it be paid.</summary>
    public static Rejection InvoiceUncollectible { get; } = new("invoice_uncollectible", RejectionClass.Unprocessable, "The invoice is uncollectible.", "Allow it with PaymentPolicy.AllowPayingUncollectible, or issue a new invoice.");

    /// <summary>Money of the invoice goes to the customer (Rapyd: type payout).</summary>
    public static Rejection InvoiceIsPayout { get; } = new("invoice_is_payout", RejectionClass.Unprocessable, "The invoice pays the customer out.", "Do not pay it: only invoices of type payment are payable.");

    /// <summary>A subscription engine collects the invoice, and the policy does not let it be paid by hand (Pelcro).</summary>
    public static Rejection InvoiceCollectedBySubscription { get; } = new("invoice_collected_by_subscription", RejectionClass.Unprocessable, "A subscription engine collects the invoice.", "Let the engine charge it as merchant, or allow it with PaymentPolicy.AllowPayingSubscriptionInvoices.");

    /// <summary>A store collects the invoice (Chargebee: app_store, play_store).</summary>
    public static Rejection InvoiceCollectedByStore { get; } = new("invoice_collected_by_store", RejectionClass.Unprocessable, "An app store collects the invoice.", "Let the customer pay in the store; record what the store passed on as an offline payment.");

    /// <summary>The id belongs to an invoice with other content.</summary>
    public static Rejection InvoiceAlreadyExists { get; } = new("invoice_already_exists", RejectionClass.Conflict, "Another invoice has this id.", "Use another id, or repeat exactly what was issued.");

    /// <summary>The total is negative or larger than the limit.</summary>
    public static Rejection InvoiceTotalInvalid { get; } = new("invoice_total_invalid", RejectionClass.Invalid, "The total of an invoice is between zero and 10^15 minor units.", "Correct the total.");

    /// <summary>The document cannot go from where it is to where it was asked to go.</summary>
    public static Rejection InvoiceStateInvalid { get; } = new("invoice_state_invalid", RejectionClass.Unprocessable, "The invoice is not in a state in which that can be done.", "Look at its status.");

    /// <summary>An invoice with money in cannot be voided or given up.</summary>
    public static Rejection MoneyReceived { get; } = new("money_received", RejectionClass.Unprocessable, "Money has been received for the invoice.", "Refund it first.");

    /// <summary>An invoice with an operation under way cannot be voided or given up.</summary>
    public static Rejection MoneyUnderWay { get; } = new("money_under_way", RejectionClass.Conflict, "An operation of the invoice is still under way.", "Wait until it is final, or recover it.");

    /// <summary>What is asked for is spoken for by a payment that is under way (Rapyd: ERROR_PAY_INVOICE_PAYMENT_PENDING).</summary>
    public static Rejection PaymentInProgress { get; } = new("payment_in_progress", RejectionClass.Conflict, "A payment of this invoice is under way.", "Wait for its outcome, or ask for no more than is still payable.");

    /// <summary>The same amount was paid for the same thing with the same method a moment ago, under another key.</summary>
    public static Rejection PossibleDuplicate { get; } = new("possible_duplicate", RejectionClass.Conflict, "The same was paid a moment ago, which looks like a second click.", "Look at the payment that is named; when a second one is meant, send it again with ConfirmDuplicate.");

    /// <summary>The operation is final, or still under way by itself: there is nothing for a person to settle.</summary>
    public static Rejection OperationNotSettleable { get; } = new("operation_not_settleable", RejectionClass.Conflict, "Only what nobody could answer is settled by hand.", "Look at the operation; resume it when it is still under way.");

    /// <summary>Somebody is asking the gateway about the operation at this moment.</summary>
    public static Rejection OperationBusy { get; } = new("operation_busy", RejectionClass.Conflict, "The gateway is being asked about the operation right now.", "Wait for its answer, and look again.");

    /// <summary>A collection run does not charge the invoice now: it is not due, its next try is later, or its dunning was stopped or is exhausted.</summary>
    public static Rejection InvoiceNotDue { get; } = new("invoice_not_due", RejectionClass.Unprocessable, "The invoice is not to be collected now.", "Wait until it is due or its next try comes, or resume its dunning.");

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

    /// <summary>No method was named and there is no default (Chargebee, Pelcro).</summary>
    public static Rejection PaymentMethodMissing { get; } = new("payment_method_missing", RejectionClass.Unprocessable, "There is no payment method.", "Name a stored method, give a gateway and token, set a default, or have a gateway make a payment link.");

    /// <summary>A gateway without a token, or a token without a gateway (Pelcro).</summary>
    public static Rejection PaymentMethodIncomplete { get; } = new("payment_method_incomplete", RejectionClass.Invalid, "A gateway and a token belong together.", "Give both or neither.");

    /// <summary>A stored method and a token were both given (Pelcro).</summary>
    public static Rejection PaymentMethodAmbiguous { get; } = new("payment_method_ambiguous", RejectionClass.Invalid, "A stored method was named beside a gateway or token.", "Give one or the other.");

    /// <summary>The stored method is not known, or somebody else's: the two are answered alike.</summary>
    public static Rejection PaymentMethodNotFound { get; } = new("payment_method_not_found", RejectionClass.NotFound, "There is no such payment method.", "Check the payment method id and the account.");

    /// <summary>The stored method cannot be charged (Pelcro).</summary>
    public static Rejection PaymentMethodNotChargeable { get; } = new("payment_method_not_chargeable", RejectionClass.Unprocessable, "The payment method cannot be charged.", "Use another method.");

    /// <summary>The kind of method cannot be paid with a token (Rapyd: is_tokenizable).</summary>
    public static Rejection PaymentMethodNotTokenizable { get; } = new("payment_method_not_tokenizable", RejectionClass.Unprocessable, "The payment method cannot be paid with a token.", "Use another method.");

    /// <summary>The id of a payment method that is to be saved belongs to another account.</summary>
    public static Rejection PaymentMethodTaken { get; } = new("payment_method_taken", RejectionClass.Conflict, "The payment method belongs to another account.", "Use another id.");

    /// <summary>The parts of a split do not sum exactly, one is not more than zero, or a recipient is named twice (Stax).</summary>
    public static Rejection SplitFundingInvalid { get; } = new("split_funding_invalid", RejectionClass.Unprocessable, "The split does not fit what is charged.", "Name each recipient once, with parts above zero that sum exactly to what is charged.");

    /// <summary>The merchant is not enrolled for split funding at the gateway (Stax).</summary>
    public static Rejection SplitFundingNotEnrolled { get; } = new("split_funding_not_enrolled", RejectionClass.Unprocessable, "The merchant is not enrolled for split funding at this gateway.", "Enrol it with the gateway and in GatewayProfile.EnrolledForSplitFunding, or pay without a split.");

    /// <summary>No gateway has this name here.</summary>
    public static Rejection GatewayNotRegistered { get; } = new("gateway_not_registered", RejectionClass.Invalid, "There is no such gateway.", "Use one of the names that are registered.");

    /// <summary>The gateway does not do this kind of operation.</summary>
    public static Rejection GatewayCannot { get; } = new("gateway_cannot", RejectionClass.Unprocessable, "The gateway cannot do this.", "Do it elsewhere and record it as an offline payment, or use another gateway.");

    /// <summary>The gateway makes no payment links (Billingrails: integration_id).</summary>
    public static Rejection PaymentLinkUnavailable { get; } = new("payment_link_unavailable", RejectionClass.Unprocessable, "The gateway makes no payment links.", "Name a payment method, or a gateway that makes them.");

    /// <summary>A payment link was asked for money that is only to be blocked.</summary>
    public static Rejection PaymentLinkWithCaptureLater { get; } = new("payment_link_with_capture_later", RejectionClass.Unprocessable, "On a payment link money is taken, not blocked.", "Leave out the link or the later capture.");

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
    public static IReadOnlyList<Rejection> All { get; } =
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

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
