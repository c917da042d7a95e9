using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InvoicePayments;

/// <summary>Proves that a webhook is Stripe's: an HMAC-SHA256 over the time and the bytes of the body, in hexadecimal digits, under a secret of ours.</summary>
internal static class StripeSignature
{
    internal const string Header = "Stripe-Signature";
    private const int LongestHeader = 4_096;

    /// <summary>What is wrong with it; null when it is Stripe's own and of now.</summary>
    internal static OperationError? Problem(ReadOnlySpan<byte> body, string? header, IReadOnlyCollection<string> secrets, TimeSpan tolerance, DateTimeOffset now)
    {
        if (secrets.Count == 0) return new("no_secret", $"No signing secret is known: add it to {nameof(StripeOptions)}.{nameof(StripeOptions.WebhookSecrets)}.");
        if (string.IsNullOrWhiteSpace(header)) return new("signature_missing", $"There is no {Header} header.");
        if (header.Length > LongestHeader || Read(header) is not { } read) return new("signature_malformed", $"The {Header} header cannot be read.");
        if (read.Signatures.Count == 0) return new("signature_scheme_unknown", "The header holds no signature of scheme v1.");

        if (!IsSigned(body, read, secrets)) return Mismatch(body, read, secrets);
        var signed = DateTimeOffset.FromUnixTimeSeconds(read.Timestamp);
        if (now - signed > tolerance) return new("timestamp_too_old", "It was signed longer ago than is tolerated. It may be a repetition of an old one, or our clock is wrong.");
        return signed - now > tolerance ? new("timestamp_in_future", "It is signed for a time that has not come. Our clock may be wrong.") : null;
    }

    // Only for the reason that is given: nothing that is signed otherwise ever counts.
    private static OperationError Mismatch(ReadOnlySpan<byte> body, Signed read, IReadOnlyCollection<string> secrets)
    {
        var text = Encoding.Latin1.GetString(body);
        var lf = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var other in new[] { lf, lf.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            if (other != text && IsSigned(Encoding.Latin1.GetBytes(other), read, secrets))
                return new("line_ends_changed", "The signature is over the same text with other line ends: hand over the bytes of the body as they came.");
        }

        return read.Signatures.Count > 1
            ? new("no_signature_matches", "None of the signatures in the header is over these bytes under a secret that is known.")
            : new("signature_mismatch", "The signature is not over these bytes under a secret that is known: the bytes were changed, or the secret is of another endpoint.");
    }

    // Every signature is compared with every secret, whatever was found before, so that the time taken tells nothing.
    private static bool IsSigned(ReadOnlySpan<byte> body, Signed read, IReadOnlyCollection<string> secrets)
    {
        var prefix = Encoding.ASCII.GetBytes(read.Timestamp.ToString(CultureInfo.InvariantCulture) + ".");
        byte[] message = [.. prefix, .. body];
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message);
            foreach (var signature in read.Signatures) matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return matches;
    }

    private static Signed? Read(string header)
    {
        long? timestamp = null;
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) return null;
            var (name, value) = (part[..at], part[(at + 1)..]);
            if (name == "t")
            {
                if (timestamp is not null || !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799) return null;
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

    private sealed record Signed(long Timestamp, IReadOnlyList<byte[]> Signatures);
}
