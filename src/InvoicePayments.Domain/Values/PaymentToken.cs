using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// A gateway's token that stands for a card or an account: single-use, or from its vault. It is a secret: it shows as <c>***</c> in text,
/// in the debugger and in JSON, and only <see cref="Reveal"/> gives it out, to a gateway or a store.
/// </summary>
[JsonConverter(typeof(PaymentTokenJsonConverter))]
[DebuggerDisplay("***")]
public readonly record struct PaymentToken
{
    private const string Hidden = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? _secret;

    /// <summary>The token with this text.</summary>
    /// <param name="secret">1 to 512 characters without control characters. What looks like a card number is refused.</param>
    /// <exception cref="ArgumentException">The text is not allowed; the message says why and never repeats it.</exception>
    public PaymentToken(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (Problem(secret) is { } problem) throw new ArgumentException(problem, nameof(secret));
        _secret = secret;
    }

    /// <summary>True for <c>default(PaymentToken)</c>, which is no token.</summary>
    public bool IsDefault => _secret is null;

    /// <summary>The token with this text; false when it is not allowed. Never throws.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? secret, out PaymentToken token)
    {
        var allowed = Problem(secret) is null;
        token = allowed ? new(secret!) : default;
        return allowed;
    }

    /// <summary>The secret itself, to hand to the gateway or to keep in a store. Never write it anywhere else.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(PaymentToken)</c>.</exception>
    public string Reveal() => _secret ?? throw TextIds.Unset<PaymentToken>();

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => Hidden;

    private static string? Problem(string? secret)
    {
        if (TextRules.Opaque(secret, "A payment token", 512) is { } problem) return problem;
        return CardNumbers.Contains(secret)
            ? "This looks like a card number, not a token. Card numbers are never accepted: let the gateway's form turn them into a token."
            : null;
    }
}
