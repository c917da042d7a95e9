namespace InvoicePayments;

/// <summary>What a person or a system has done with the invoice as a document. Money does not change it: see <see cref="InvoiceStatus"/> for the two together.</summary>
public enum InvoiceDocument
{
    /// <summary>Being written; cannot be paid yet.</summary>
    Draft,

    /// <summary>Issued to the customer; can be paid.</summary>
    Open,

    /// <summary>Given up: nobody expects the money any more. Money that still comes is recorded.</summary>
    Uncollectible,

    /// <summary>Taken back; asks for nothing.</summary>
    Void,
}
