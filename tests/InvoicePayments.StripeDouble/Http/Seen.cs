namespace StripeDouble;

/// <summary>A request that the double has seen.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path without its query.</param>
/// <param name="Form">The body or query as it came.</param>
/// <param name="Key">Its idempotency key; null when it has none.</param>
/// <param name="Version">The API version it asks for.</param>
public sealed record Seen(string Method, string Path, string Form, string? Key, string? Version)
{
    /// <summary>What was answered; zero when the line was cut before.</summary>
    public int Status { get; set; }

    /// <summary>How many bytes the answer had, its head included.</summary>
    public long Bytes { get; set; }
}
