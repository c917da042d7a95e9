namespace InvoicePayments;

/// <summary>What a person found out about an operation that nobody else could answer: a closed set.</summary>
public abstract record Settlement
{
    private Settlement()
    {
    }

    /// <summary>It happened: the money moved.</summary>
    /// <param name="Id">The gateway's id of the movement, as its own pages show it.</param>
    /// <param name="Moved">How much moved, in the currency of the operation; it may differ from what was asked.</param>
    public sealed record Happened(GatewayPaymentId Id, Money Moved) : Settlement;

    /// <summary>It did not happen, and will not.</summary>
    public sealed record DidNotHappen : Settlement;
}
