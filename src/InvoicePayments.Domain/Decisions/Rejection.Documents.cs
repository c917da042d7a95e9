namespace InvoicePayments;

/// <content>What is to be paid, and whether it can be.</content>
public sealed partial record Rejection
{
    /// <summary>The invoice is not known, or not the caller's: the two are answered alike.</summary>
    public static Rejection InvoiceNotFound { get; } = new("invoice_not_found", RejectionClass.NotFound, "There is no such invoice.", "Check the invoice id, the account and the tenant.");

    /// <summary>Nothing was named to be paid (Billingrails).</summary>
    public static Rejection PayableMissing { get; } = new("payable_missing", RejectionClass.Invalid, "Nothing is named that could be paid.", "Name exactly one of an invoice, a payment request, an order, a credit grant, or several invoices.");

    /// <summary>More than one thing was named to be paid, or an invoice twice (Billingrails).</summary>
    public static Rejection PayableAmbiguous { get; } = new("payable_ambiguous", RejectionClass.Invalid, "More than one thing is named to be paid, or one twice.", "Name exactly one of an invoice, a payment request, an order, a credit grant, or several invoices each once.");

    /// <summary>One payment was to pay more invoices than one payment may.</summary>
    public static Rejection TooManyInvoices { get; } = new("too_many_invoices", RejectionClass.Invalid, "One payment pays at most 100 invoices.", "Pay them in several payments.");

    /// <summary>One payment was to pay invoices of several accounts.</summary>
    public static Rejection AccountsDiffer { get; } = new("accounts_differ", RejectionClass.Unprocessable, "The invoices belong to several accounts.", "Pay the invoices of one account at a time.");

    /// <summary>The parts a caller told do not sum to the amount, or name payment requests.</summary>
    public static Rejection AllocationInvalid { get; } = new("allocation_invalid", RejectionClass.Invalid, "The parts do not sum to the amount, or name a payment request.", "Give parts of invoices that sum to the amount, or leave the amount out.");

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

    /// <summary>A collection run does not charge the invoice now: it is not due, its next try is later, or its dunning was stopped or is exhausted.</summary>
    public static Rejection InvoiceNotDue { get; } = new("invoice_not_due", RejectionClass.Unprocessable, "The invoice is not to be collected now.", "Wait until it is due or its next try comes, or resume its dunning.");
}
