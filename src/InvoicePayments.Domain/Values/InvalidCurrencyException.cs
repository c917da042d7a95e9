namespace InvoicePayments;

/// <summary>A text is not the code of a currency, or of none that can be paid with. The message says what is expected.</summary>
public sealed class InvalidCurrencyException : ArgumentException
{
    /// <summary>Creates the exception with a general message.</summary>
    public InvalidCurrencyException()
        : this("This is not the code of a currency.")
    {
    }

    /// <summary>Creates the exception with <paramref name="message"/>.</summary>
    public InvalidCurrencyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with <paramref name="message"/> and what caused it.</summary>
    public InvalidCurrencyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static InvalidCurrencyException Unknown(string code) => new(Describe(code));

    internal static InvalidCurrencyException NotPayable(CurrencyInfo info) =>
        new($"{info.Code} is not a currency that can be paid with: ISO 4217 assigns no minor unit to it ({info.EnglishName}).");

    private static string Describe(string code)
    {
        const string Expected = "An ISO 4217 code is expected: three capital letters, for example EUR.";

        // Only something code-like is repeated: whatever else was put here by mistake might be a secret.
        if (code.Length != 3 || !code.All(char.IsAsciiLetter)) return $"This text is not the code of a currency. {Expected}";

        var upper = code.ToUpperInvariant();
        var hint = upper != code && IsoCurrencies.Find(upper) is not null ? $" Did you mean {upper}?" : "";
        return $"'{code}' is not the code of a currency. {Expected}{hint}";
    }
}
