namespace InvoicePayments;

/// <summary>
/// The operation of a payment as data: which news may move it from where. Evidence arrives late, twice and in any order; what the
/// table does not list is old news and changes nothing, so every order of the same evidence ends in the same place.
/// </summary>
public static class PaymentStateMachine
{
    private static readonly OperationStatus[] Final =
    [
        OperationStatus.Succeeded, OperationStatus.Declined, OperationStatus.Failed, OperationStatus.Canceled, OperationStatus.Expired,
    ];

    /// <summary>From each status, where news may move it. A final status has no way on.</summary>
    public static IReadOnlyDictionary<OperationStatus, IReadOnlyList<OperationStatus>> Transitions { get; } =
        new Dictionary<OperationStatus, IReadOnlyList<OperationStatus>>
        {
            [OperationStatus.Pending] =
            [
                OperationStatus.Unknown, OperationStatus.ActionRequired, OperationStatus.Processing, OperationStatus.Authorized,
                OperationStatus.NeedsAttention, .. Final,
            ],
            [OperationStatus.Unknown] =
            [
                OperationStatus.ActionRequired, OperationStatus.Processing, OperationStatus.Authorized,
                OperationStatus.NeedsAttention, .. Final,
            ],
            [OperationStatus.ActionRequired] =
                [OperationStatus.Processing, OperationStatus.Authorized, OperationStatus.NeedsAttention, .. Final],
            [OperationStatus.Processing] = [OperationStatus.Authorized, OperationStatus.NeedsAttention, .. Final],
            [OperationStatus.Authorized] = [OperationStatus.NeedsAttention, .. Final],
            [OperationStatus.NeedsAttention] = [.. Final],
            [OperationStatus.Succeeded] = [],
            [OperationStatus.Declined] = [],
            [OperationStatus.Failed] = [],
            [OperationStatus.Canceled] = [],
            [OperationStatus.Expired] = [],
        };

    /// <summary>Whether news of <paramref name="to"/> moves an operation that stands at <paramref name="from"/>.</summary>
    public static bool Allows(OperationStatus from, OperationStatus to) => Transitions[from].Contains(to);

    /// <summary>Whether an operation with this status never changes again, and reserves nothing.</summary>
    public static bool IsFinal(OperationStatus status) => Transitions[status].Count == 0;
}
