using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>What Stripe answered, whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The bytes of the body.</param>
internal sealed record StripeReply(int Status, byte[] Body)
{
    /// <summary>How long Stripe wants to be left alone.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Stripe's advice about the same request again (Stripe-Should-Retry); null when it gives none.</summary>
    internal bool? ShouldRetry { get; init; }

    /// <summary>Whether it is the stored answer to an earlier request with the same key.</summary>
    internal bool IsReplay { get; init; }

    /// <summary>Stripe's name for the request, for its support.</summary>
    internal string? RequestId { get; init; }

    /// <summary>What the clock over there showed; null when it was not said.</summary>
    internal DateTimeOffset? At { get; init; }

    internal bool IsOk => Status == 200;

    internal bool IsServerError => Status >= 500;

    /// <summary>The error in it; null when it is none, or cannot be read.</summary>
    internal StripeError? Error => IsOk ? null : Read(StripeJson.Default.StripeErrorEnvelope)?.Error;

    /// <summary>The body as <typeparamref name="T"/>; null when it is not one.</summary>
    internal T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            // A broken body is no answer; whoever asked takes it as unknown.
            return null;
        }
    }

    // The body may hold what the payer's browser alone should see.
    public override string ToString() => $"HTTP {Status}, {Body.Length} bytes";
}
