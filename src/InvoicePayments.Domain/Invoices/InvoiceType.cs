namespace InvoicePayments;

/// <summary>Which way the money of an invoice goes (Rapyd: type).</summary>
public enum InvoiceType
{
    /// <summary>The customer pays. The default.</summary>
    Payment,

    /// <summary>The customer is paid: nobody can pay such an invoice.</summary>
    Payout,
}
