namespace InvoicePayments;

/// <summary>Where an invoice stands, derived from its <see cref="InvoiceDocument"/> and its <see cref="InvoiceSums"/>; never written by anybody.</summary>
public enum InvoiceStatus
{
    /// <summary>Being written; not payable.</summary>
    Draft,

    /// <summary>Issued, and nothing has been settled yet.</summary>
    Open,

    /// <summary>Something has been settled, but less than the total (Stax: PARTIALLY APPLIED).</summary>
    PartiallyPaid,

    /// <summary>The total has been settled. An invoice over zero is paid as soon as it is issued.</summary>
    Paid,

    /// <summary>Given up and not paid in full.</summary>
    Uncollectible,

    /// <summary>Taken back.</summary>
    Void,
}
