namespace InvoicePayments;

/// <summary>
/// Charging everything that is due. A run that was stopped, or whose host died, is started again with the same id and charges what is left;
/// any number of hosts may run it at once, and nobody is charged twice.
/// </summary>
public sealed record CollectionRun
{
    /// <summary>The host's name for it, for example the day: the same id charges an invoice at most once for each try of its schedule.</summary>
    public required CollectionRunId Id { get; init; }

    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>Invoices due by then are charged, UTC; by now when left out. A retry is never made before its own time.</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>How many invoices are charged at once, 1 to 64. Default 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How many invoices are listed at once, 1 to 1,000; no more than those are ever held. Default 100.</summary>
    public int PageSize { get; init; } = 100;
}
