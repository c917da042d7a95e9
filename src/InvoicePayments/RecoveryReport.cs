namespace InvoicePayments;

/// <summary>What one round of recovery found.</summary>
/// <param name="Results">How each operation that was looked at stands now.</param>
public sealed record RecoveryReport(IReadOnlyList<PaymentResult> Results)
{
    /// <summary>What could not be looked after, and why; it is tried again in the next round.</summary>
    public IReadOnlyList<RecoveryFailure> Failures { get; init; } = [];

    /// <summary>How many pieces of news that had been kept have found what they are about.</summary>
    public int Recalled { get; init; }

    /// <summary>How many operations were looked at; as many as the limit means that there may be more.</summary>
    public int LookedAt => Results.Count;

    /// <summary>How many of them are final now.</summary>
    public int Finished => Results.Count(r => r.Operation is { IsFinal: true });

    /// <summary>How many of them wait for a person.</summary>
    public int NeedAttention => Results.Count(r => r.Operation is { Status: OperationStatus.NeedsAttention });
}

/// <summary>An operation that recovery could not look after.</summary>
/// <param name="Address">Which.</param>
/// <param name="Why">What was thrown: by a store that failed, or that has lost a part of its record.</param>
public sealed record RecoveryFailure(OperationAddress Address, Exception Why);
