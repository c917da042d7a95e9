namespace InvoicePayments;

/// <summary>Why an operation did not succeed, or why nobody knows yet.</summary>
/// <param name="Code">A short stable word: a gateway's raw code, or one of the library's such as <c>timeout</c>.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record OperationError(string Code, string Message)
{
    /// <summary>What a gateway's refusal to void says when the money has been settled: it can only be refunded.</summary>
    public static OperationError AlreadySettled { get; } = new("already_settled", "It is settled and cannot be voided any more. Refund it.");
}
