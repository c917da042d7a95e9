namespace InvoicePayments;

/// <summary>What a parameter of a statement is given: a number, a text, a text that is already written as bytes, or nothing.</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(object? text, long number, bool isNumber) => (Text, Number, IsNumber) = (text, number, isNumber);

    /// <summary>A <see cref="string"/> or UTF-8 in an array; null for a number and for nothing.</summary>
    internal object? Text { get; }

    internal long Number { get; }

    internal bool IsNumber { get; }

    public static implicit operator SqliteValue(string? text) => new(text, 0, false);

    /// <summary>A text in UTF-8.</summary>
    public static implicit operator SqliteValue(byte[]? text) => new(text, 0, false);

    public static implicit operator SqliteValue(long number) => new(null, number, true);

    public static implicit operator SqliteValue(long? number) => new(null, number ?? 0, number is not null);

    public static implicit operator SqliteValue(bool yes) => new(null, yes ? 1 : 0, true);
}
