namespace InvoicePayments;

/// <summary>Whether collection runs go on trying to charge an invoice.</summary>
public enum DunningState
{
    /// <summary>No charge was in vain yet; the invoice is collected once it is due.</summary>
    None,

    /// <summary>A charge was in vain, and there is a time for the next.</summary>
    InProgress,

    /// <summary>The schedule has ended, or the bank said not to try again. A person may still collect it (Chargebee: not_paid).</summary>
    Exhausted,

    /// <summary>An operator stopped it.</summary>
    Stopped,
}
