namespace InvoicePayments;

/// <summary>What one round of recovery found.</summary>
/// <param name="Results">How each operation that was looked at stands now.</param>
public sealed record RecoveryReport(IReadOnlyList<PaymentResult> Results)
{
    /// <summary>How many pieces of news that had been kept have found what they are about.</summary>
    public int Recalled { get; init; }

    /// <summary>How many operations were looked at; as many as the limit means that there may be more.</summary>
    public int LookedAt => Results.Count;

    /// <summary>How many of them are final now.</summary>
    public int Finished => Results.Count(r => r.Operation is { IsFinal: true });

    /// <summary>How many of them wait for a person.</summary>
    public int NeedAttention => Results.Count(r => r.Operation is { Status: OperationStatus.NeedsAttention });
}
