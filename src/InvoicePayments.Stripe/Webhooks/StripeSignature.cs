using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InvoicePayments;

/// <summary>
/// Proves that a webhook is Stripe's: an HMAC-SHA256 over the time and the bytes of the body, in hexadecimal digits, under a secret of ours. A
/// signature that does not fit cannot say why by itself, so what can be known beside it is used for the reason: which rewriting of the bytes would
/// fit, whether the bytes are JSON at all, and whether the secrets have proved anything before.
/// </summary>
internal sealed class StripeSignature(IReadOnlyCollection<string> secrets, TimeSpan tolerance)
{
    internal const string Header = "Stripe-Signature";
    private volatile bool _haveProved;

    /// <summary>What is wrong with it; null when it is Stripe's own and of now.</summary>
    internal OperationError? Problem(byte[] body, string? header, DateTimeOffset now)
    {
        if (secrets.Count == 0) return new("no_secret", $"No signing secret is known: add it to {nameof(StripeOptions)}.{nameof(StripeOptions.WebhookSecrets)}.");
        if (string.IsNullOrWhiteSpace(header)) return new("signature_missing", $"There is no {Header} header.");
        if (SignatureHeader.Read(header) is not { } read) return new("signature_malformed", $"The {Header} header cannot be read.");
        if (read.Signatures.Count == 0) return new("signature_scheme_unknown", "The header holds no signature of scheme v1.");

        if (!IsSigned(body, read)) return Mismatch(body, read);
        _haveProved = true;
        var signed = DateTimeOffset.FromUnixTimeSeconds(read.Timestamp);
        if (now - signed > tolerance) return new("timestamp_too_old", "It was signed longer ago than is tolerated. It may be a repetition of an old one, or our clock is wrong.");
        return signed - now > tolerance ? new("timestamp_in_future", "It is signed for a time that has not come. Our clock may be wrong.") : null;
    }

    private OperationError Mismatch(byte[] body, SignatureHeader read)
    {
        if (Rewriting.UndoneOf(body).FirstOrDefault(other => IsSigned(other.Body, read)) is { } rewritten)
            return new(rewritten.Code, $"The signature is over the same text {rewritten.What}: hand over the bytes of the body as they came.");
        if (!Rewriting.IsJson(body)) return new("body_broken", "The body is not JSON, and Stripe signs nothing else: it was cut or changed on its way here.");
        if (read.Signatures.Count > 1)
            return new("no_signature_matches", "None of the signatures in the header is over these bytes under a secret that is known.");
        return _haveProved
            ? new("bytes_changed", "These bytes are not what was signed: the secrets have proved webhooks before. They were changed on their way here, or "
                + "somebody else sends them. If no webhook is proved any more, the secret was replaced at Stripe: add the new one.")
            : new("secret_unproven", "No secret here has proved a webhook yet, and none proves this one: most likely the secret is of another endpoint or "
                + "was copied wrong. Compare it with the one that Stripe shows for this endpoint; if they are the same, the bytes were changed on their way here.");
    }

    // Every signature is compared with every secret, whatever was found before, so that the time taken tells nothing.
    private bool IsSigned(byte[] body, SignatureHeader read)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(read.Timestamp.ToString(CultureInfo.InvariantCulture)), (byte)'.', .. body];
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message);
            foreach (var signature in read.Signatures) matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return matches;
    }
}
