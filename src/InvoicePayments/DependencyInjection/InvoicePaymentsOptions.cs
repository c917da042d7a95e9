namespace InvoicePayments;

/// <summary>How invoices are paid here.</summary>
public sealed class InvoicePaymentsOptions
{
    /// <summary>The host's choices where payment systems differ. Default: <see cref="PaymentPolicy.Default"/>.</summary>
    public PaymentPolicy Policy { get; set; } = PaymentPolicy.Default;

    /// <summary>How every gateway is called, unless its registration says otherwise.</summary>
    public GatewayCallOptions Gateway { get; } = new();

    /// <summary>Whether the host only records money that moved elsewhere, and so has no gateway. Default false: a missing gateway is reported at start-up.</summary>
    public bool OfflineOnly { get; set; }

    /// <summary>How many conflicts in a row a call bears before it answers <c>busy</c>, 1 to 10,000. Default 100. Every conflict is somebody else's success.</summary>
    public int ConflictLimit { get; set; } = 100;

    /// <summary>How facts are delivered to the host's <see cref="IEventPublisher"/>.</summary>
    public OutboxOptions Outbox { get; } = new();

    /// <summary>For simulations on one thread: whoever waits goes on where it is let go.</summary>
    internal bool ContinueInline { get; set; }
}
