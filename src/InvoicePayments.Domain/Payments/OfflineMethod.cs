namespace InvoicePayments;

/// <summary>How money moved outside (Stax: the method of an offline payment).</summary>
public enum OfflineMethod
{
    /// <summary>Something else; say what in the reference.</summary>
    Other,

    /// <summary>Cash.</summary>
    Cash,

    /// <summary>A cheque.</summary>
    Check,

    /// <summary>A gift card.</summary>
    GiftCard,

    /// <summary>A wire.</summary>
    Wire,

    /// <summary>A bank transfer.</summary>
    BankTransfer,

    /// <summary>PayPal, arranged outside.</summary>
    PayPal,

    /// <summary>Venmo, arranged outside.</summary>
    Venmo,
}
