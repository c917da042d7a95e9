namespace StripeDouble;

/// <summary>What goes wrong with one request. A fault waits for the next request that it fits.</summary>
public sealed record Fault
{
    /// <summary>Which requests it fits; every POST when left out.</summary>
    public Func<string, string, bool> Fits { get; init; } = (method, _) => method == "POST";

    /// <summary>The connection is cut as soon as the request is there, and nothing is done.</summary>
    public bool CutBefore { get; init; }

    /// <summary>Everything is done, and the answer is cut after so many of its bytes; a negative number counts from its end.</summary>
    public long? CutAnswerAt { get; init; }

    /// <summary>Everything is done, and the answer is cut in its body: after its head when zero, in the middle when a half.</summary>
    public double? CutBodyAt { get; init; }

    /// <summary>Everything is done this much later, and whoever repeats it meanwhile meets it in flight.</summary>
    public TimeSpan Slow { get; init; }

    /// <summary>It is turned away with 429 before anything is looked at.</summary>
    public bool TooMany { get; init; }

    /// <summary>The code of a 429: <c>rate_limit</c>, or <c>lock_timeout</c>.</summary>
    public string TooManyCode { get; init; } = "rate_limit";

    /// <summary>It fails with this 5xx before money moves.</summary>
    public int? FailBefore { get; init; }

    /// <summary>Money moves, and it fails with this 5xx.</summary>
    public int? FailAfter { get; init; }

    /// <summary>Whether the failure is kept under the key and answered for ever, as Stripe does with a 500.</summary>
    public bool IsStored { get; init; } = true;

    /// <summary>The Stripe-Should-Retry header; none when null.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>The Retry-After header in seconds; none when null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Fits requests whose path ends like this.</summary>
    public Fault On(string method, string end) => this with { Fits = (m, path) => m == method && path.EndsWith(end, StringComparison.Ordinal) };
}
