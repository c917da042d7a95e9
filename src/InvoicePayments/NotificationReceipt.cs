namespace InvoicePayments;

/// <summary>What became of a notification.</summary>
/// <param name="Reading">What it was found to be.</param>
/// <param name="Results">What recording it answered, one per thing that was recorded.</param>
public sealed record NotificationReceipt(NotificationReading Reading, IReadOnlyList<PaymentResult> Results)
{
    /// <summary>The HTTP status to answer with: 200 when the gateway need not send it again, 400 when it was not its own, 503 when it should send it again.</summary>
    public int StatusCode => Reading switch
    {
        NotificationReading.Rejected => 400,
        NotificationReading.NotNow => 503,
        _ => 200,
    };
}
