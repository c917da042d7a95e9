using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace InvoicePayments;

/// <summary>
/// Writes fields as bytes in such a way that two lists of fields give the same bytes only when they are the same: every text is
/// preceded by its length, every value by its kind. The bytes are the same on every machine and stay the same: stored
/// fingerprints are compared with them.
/// </summary>
internal sealed class CanonicalWriter
{
    [ThreadStatic]
    private static CanonicalWriter? s_spare;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private CanonicalWriter()
    {
    }

    private enum Kind : byte
    {
        Nothing = 0,
        Text = 1,
        Number = 2,
        Money = 3,
    }

    /// <summary>One with nothing in it. It is used again once its fingerprint is taken: what a command means is asked on the way of every payment.</summary>
    internal static CanonicalWriter Begin()
    {
        var writer = s_spare ?? new();
        s_spare = null;
        writer._bytes.ResetWrittenCount();
        return writer;
    }

    internal CanonicalWriter Add(string name, string? value)
    {
        Begin(name, value is null ? Kind.Nothing : Kind.Text);
        if (value is not null) Text(value);
        return this;
    }

    internal CanonicalWriter Add(string name, long value)
    {
        Begin(name, Kind.Number);
        Number(value);
        return this;
    }

    internal CanonicalWriter Add(string name, Money? value)
    {
        Begin(name, value is null ? Kind.Nothing : Kind.Money);
        if (value is not { } money) return this;

        Number(money.MinorUnits);
        Text(money.Currency.Code);
        return this;
    }

    /// <summary>Says something only where it is so: what does not say it is written as it always was.</summary>
    internal CanonicalWriter AddIf(bool isSo, string name) => isSo ? Add(name, 1) : this;

    /// <summary>The same for a text.</summary>
    internal CanonicalWriter AddGiven(string name, string? value) => value is null ? this : Add(name, value);

    internal Fingerprint ToFingerprint()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        s_spare = this;
        return new(Convert.ToHexStringLower(hash));
    }

    /// <summary>What was written so far.</summary>
    internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    private void Begin(string name, Kind kind)
    {
        Text(name);
        _bytes.Write([(byte)kind]);
    }

    private void Text(string text) => CanonicalBytes.Write(_bytes, text);

    private void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }
}
