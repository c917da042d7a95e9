namespace InvoicePayments;

/// <summary>
/// How long texts may be, in UTF-16 characters. Public so that a host can set its form fields and columns to the same sizes. Each limit
/// is one that the narrowest of the common billing systems and gateways still accepts.
/// </summary>
public static class TextLimits
{
    /// <summary>A remark on a payment or an invoice: 300 characters (Chargebee).</summary>
    public const int Comment = 300;

    /// <summary>What a payer or another system calls the payment, such as a cheque number: 255 characters.</summary>
    public const int Reference = 255;

    /// <summary>The gateway's id of an authorization that is captured: 40 characters (Chargebee: authorization_transaction_id).</summary>
    public const int AuthorizationTransaction = 40;

    /// <summary>What is paid for, for the payer to read: 500 characters.</summary>
    public const int Description = 500;

    /// <summary>What appears on the payer's statement: 22 characters, the limit of the card networks.</summary>
    public const int StatementDescriptor = 22;

    /// <summary>How many entries metadata may have: 50.</summary>
    public const int MetadataEntries = 50;

    /// <summary>The key of a metadata entry: 40 characters.</summary>
    public const int MetadataKey = 40;

    /// <summary>The value of a metadata entry: 500 characters.</summary>
    public const int MetadataValue = 500;

    /// <summary>An address: 2,048 characters.</summary>
    public const int Url = 2_048;

    /// <summary>What kind a payment method is, such as <c>card</c>: 40 characters.</summary>
    public const int MethodKind = 40;

    /// <summary>What people call a payment method, such as <c>Visa ending 4242</c>: 100 characters.</summary>
    public const int MethodLabel = 100;
}
