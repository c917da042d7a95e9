namespace InvoicePayments;

/// <summary>What a gateway says when asked what became of an operation that we may or may not have sent. A closed set.</summary>
public abstract record GatewayResolution
{
    private GatewayResolution()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Outcome">How it stands.</param>
    public sealed record Found(GatewayOutcome Outcome) : GatewayResolution;

    /// <summary>
    /// It is not there now. Whether that proves that it never happened, or whether it may be asked again, is decided by the
    /// gateway's <see cref="Guarantee"/>, not by the adapter.
    /// </summary>
    public sealed record Absent : GatewayResolution;

    /// <summary>It was there or not, and has been undone by our reference; it will never take effect (CyberSource).</summary>
    /// <param name="Id">The gateway's id, when there was something to undo.</param>
    public sealed record Neutralised(GatewayPaymentId? Id = null) : GatewayResolution;

    /// <summary>The gateway cannot say yet.</summary>
    /// <param name="AskAgainAfter">When to ask again; null leaves it to the policy.</param>
    public sealed record NotYet(TimeSpan? AskAgainAfter = null) : GatewayResolution;

    /// <summary>The gateway cannot answer this at all.</summary>
    /// <param name="Why">Code and message for the person who must look.</param>
    public sealed record NeedsPerson(OperationError Why) : GatewayResolution;
}
