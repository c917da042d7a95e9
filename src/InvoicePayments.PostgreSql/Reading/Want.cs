namespace InvoicePayments;

/// <summary>One thing that a load asks for: what kind of thing, and its name in one or two parts.</summary>
internal readonly record struct Want(WantKind Kind, string Tenant, string? A, string? B = null);

/// <summary>What a load may ask for. The numbers stand in the statement.</summary>
internal enum WantKind : short
{
    /// <summary>The invoice A.</summary>
    Invoice = 1,

    /// <summary>The operation A, with what was parked for it.</summary>
    Operation = 2,

    /// <summary>The operations that the gateway A knows as B.</summary>
    GatewayPayment = 3,

    /// <summary>The open authorization of the invoice A that its gateway knows as B.</summary>
    Authorization = 4,

    /// <summary>The payment A.</summary>
    Payment = 5,

    /// <summary>The payment method A.</summary>
    Method = 6,

    /// <summary>The payment method that the invoice A names, or else the default of its account.</summary>
    DefaultMethod = 7,

    /// <summary>The credit of the account A in the currency B.</summary>
    Credit = 8,
}

/// <summary>What a row that comes back is. The numbers stand in the statement.</summary>
internal enum RowKind : short
{
    /// <summary>An invoice.</summary>
    Invoice = 1,

    /// <summary>An operation, with its command.</summary>
    Operation = 2,

    /// <summary>A payment.</summary>
    Payment = 3,

    /// <summary>An open operation of an invoice, with the invoice's id and its number there.</summary>
    OpenOperation = 4,

    /// <summary>An account's credit.</summary>
    Credit = 5,

    /// <summary>A payment method, with one for its account's default and zero for another.</summary>
    Method = 6,

    /// <summary>A parked outcome.</summary>
    Parked = 7,
}
