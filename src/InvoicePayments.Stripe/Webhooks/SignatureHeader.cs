using System.Globalization;
using System.Security.Cryptography;

namespace InvoicePayments;

/// <summary>What the header of a webhook says: when it was signed, and the signatures of scheme v1.</summary>
internal sealed record SignatureHeader(long Timestamp, IReadOnlyList<byte[]> Signatures)
{
    private const int Longest = 4_096;
    private const long EndOfTime = 253_402_300_799;

    /// <summary>The header as it came; null when it cannot be read.</summary>
    internal static SignatureHeader? Read(string header)
    {
        if (header.Length > Longest) return null;
        long? timestamp = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) return null;
            var (name, value) = (part[..at], part[(at + 1)..]);
            if (name == "t")
            {
                if (timestamp is not null || !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > EndOfTime) return null;
                timestamp = seconds;
            }
            else if (name == "v1")
            {
                var bytes = new byte[HMACSHA256.HashSizeInBytes];
                if (value.Length != 2 * bytes.Length || Convert.FromHexString(value, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return null;
                signatures.Add(bytes);
            }
        }

        return timestamp is { } known ? new(known, signatures) : null;
    }
}
