namespace InvoicePayments;

/// <summary>
/// A quick hash for spreading things, never for proving them: FNV-1a rather than <see cref="object.GetHashCode"/>, which differs from process
/// to process, so that a simulated run is the same in all of them.
/// </summary>
/// <param name="Value">The hash.</param>
public readonly record struct StableHash(uint Value)
{
    private const uint Prime = 16_777_619;

    /// <summary>The hash of a text.</summary>
    public static StableHash Of(string text) => new StableHash(2_166_136_261).With(text);

    /// <summary>The hash of what was hashed so far and then a text.</summary>
    public StableHash With(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = Value;
        foreach (var letter in text) hash = unchecked((hash ^ letter) * Prime);
        return new(hash);
    }

    /// <summary>The hash of what was hashed so far and then a number.</summary>
    public StableHash With(int number) => new(unchecked((Value ^ (uint)number) * Prime));
}
