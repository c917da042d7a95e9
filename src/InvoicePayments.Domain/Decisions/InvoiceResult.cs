namespace InvoicePayments;

/// <summary>The answer to a command about an invoice as a document: a closed set.</summary>
public abstract record InvoiceResult
{
    private InvoiceResult()
    {
    }

    /// <summary>It is done, or was done before.</summary>
    /// <param name="Invoice">The invoice as it stands now.</param>
    /// <param name="IsReplay">Whether it was so already.</param>
    public sealed record Done(Invoice Invoice, bool IsReplay) : InvoiceResult;

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Why">Which rule, from the documented list.</param>
    /// <param name="Detail">What exactly, in one sentence.</param>
    public sealed record Rejected(Rejection Why, string Detail) : InvoiceResult;
}

/// <summary>The answer to keeping a payment method: a closed set.</summary>
public abstract record PaymentMethodResult
{
    private PaymentMethodResult()
    {
    }

    /// <summary>It is kept.</summary>
    /// <param name="Method">The method as it is kept.</param>
    public sealed record Saved(StoredPaymentMethod Method) : PaymentMethodResult;

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Why">Which rule, from the documented list.</param>
    /// <param name="Detail">What exactly, in one sentence.</param>
    public sealed record Rejected(Rejection Why, string Detail) : PaymentMethodResult;
}
