namespace InvoicePayments;

/// <summary>What kind of document is paid. All kinds are kept and paid by the same rules; their ids are unique together (Billingrails).</summary>
public enum PayableKind
{
    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>An order.</summary>
    Order,

    /// <summary>An instalment of an invoice or order: what is paid through it settles both.</summary>
    PaymentRequest,

    /// <summary>A credit grant: what is paid for it becomes credit on the account.</summary>
    CreditGrant,
}
