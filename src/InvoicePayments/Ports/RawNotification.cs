namespace InvoicePayments;

/// <summary>What a gateway sent by itself, as it came: a webhook.</summary>
/// <param name="Body">The bytes of the body, not decoded and not parsed: a signature is over these.</param>
/// <param name="Headers">The headers by name; several of one name are joined with commas.</param>
public sealed record RawNotification(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>A header by its name, whatever the case of its letters; null when it is not there.</summary>
    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <summary>A remark without the content, which may hold anything.</summary>
    public override string ToString() => $"{nameof(RawNotification)} of {Body.Length} bytes";
}
