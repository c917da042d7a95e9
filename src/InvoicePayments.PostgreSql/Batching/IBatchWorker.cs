namespace InvoicePayments;

/// <summary>Does the calls of one lane, one batch after the other.</summary>
internal interface IBatchWorker<TCall>
{
    /// <summary>Answers every call of the batch.</summary>
    Task DoAsync(IReadOnlyList<TCall> batch);

    /// <summary>Nothing waits: whatever it holds goes back.</summary>
    ValueTask RestAsync();
}
