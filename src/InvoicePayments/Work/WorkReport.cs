namespace InvoicePayments;

/// <summary>What one round of all work did.</summary>
/// <param name="Results">One for each kind that this host does.</param>
public sealed record WorkReport(IReadOnlyList<WorkResult> Results)
{
    /// <summary>Whether every kind went through.</summary>
    public bool AllWell => Results.All(r => r.Failure is null);
}

/// <summary>What one round of one kind of work did.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Items">How many operations were looked at, invoices charged, facts delivered, or rows forgotten.</param>
/// <param name="Failure">Why it did not go through; null when it did. It is tried again in the next round.</param>
public sealed record WorkResult(WorkKind Kind, int Items, Exception? Failure);
