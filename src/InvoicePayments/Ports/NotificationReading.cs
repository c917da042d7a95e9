namespace InvoicePayments;

/// <summary>What a notification was found to be. A closed set.</summary>
public abstract record NotificationReading
{
    private NotificationReading()
    {
    }

    /// <summary>It is the gateway's own, and tells this.</summary>
    /// <param name="What">What it tells, in the order in which it is to be recorded.</param>
    public sealed record Told(params IReadOnlyList<GatewayNews> What) : NotificationReading;

    /// <summary>It is the gateway's own, and there is nothing in it to record.</summary>
    /// <param name="Type">The gateway's word for what it is.</param>
    /// <param name="Why">Why there is nothing to record, in one sentence.</param>
    public sealed record Ignored(string Type, string Why) : NotificationReading;

    /// <summary>It is not proved to be the gateway's own, or cannot be read. Nothing of it counts.</summary>
    /// <param name="Why">A short code, and what is wrong in one sentence.</param>
    public sealed record Rejected(OperationError Why) : NotificationReading;

    /// <summary>It is the gateway's own, and what it means cannot be found out now. Let the gateway send it again.</summary>
    /// <param name="Why">A short code, and what is missing in one sentence.</param>
    public sealed record NotNow(OperationError Why) : NotificationReading;
}
