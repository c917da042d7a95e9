namespace InvoicePayments;

/// <summary>How invoices are paid here.</summary>
public sealed class InvoicePaymentsOptions
{
    /// <summary>The host's choices where payment systems differ. Default: <see cref="PaymentPolicy.Default"/>.</summary>
    public PaymentPolicy Policy { get; set; } = PaymentPolicy.Default;

    /// <summary>How long one question to a gateway may take. Default 60 seconds; after it the outcome is unknown, never a decline.</summary>
    public TimeSpan GatewayTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
