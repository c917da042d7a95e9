using System.Collections.Frozen;

namespace InvoicePayments;

/// <summary>Stripe's own conventions about amounts: an integer whose unit is mostly, but not always, the one of ISO 4217.</summary>
internal static class StripeAmounts
{
    // Eight digits; where Stripe lets more through, it decides itself.
    private const long Largest = 99_999_999;

    private static readonly FrozenSet<string> WithoutDecimals = FrozenSet.ToFrozenSet(
        ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]);

    // No decimals, and yet sent times a hundred.
    private static readonly FrozenSet<string> WholeInHundredths = FrozenSet.ToFrozenSet(["ISK", "UGX"]);

    // Three decimals, of which the last one is always zero.
    private static readonly FrozenSet<string> ThreeDecimals = FrozenSet.ToFrozenSet(["BHD", "JOD", "KWD", "OMR", "TND"]);

    private static readonly FrozenSet<string> LargerAmounts = FrozenSet.ToFrozenSet(["COP", "HUF", "IDR", "INR", "JPY", "LBP"]);

    // What Stripe publishes as the least it charges, in Stripe's units.
    private static readonly FrozenDictionary<string, long> Smallest = new Dictionary<string, long>
    {
        ["USD"] = 50, ["AED"] = 200, ["AUD"] = 50, ["BGN"] = 100, ["BRL"] = 50, ["CAD"] = 50, ["CHF"] = 50, ["CZK"] = 1500, ["DKK"] = 250, ["EUR"] = 50,
        ["GBP"] = 30, ["HKD"] = 400, ["HUF"] = 17500, ["INR"] = 50, ["JPY"] = 50, ["MXN"] = 1000, ["MYR"] = 200, ["NOK"] = 300, ["NZD"] = 50, ["PLN"] = 200,
        ["RON"] = 200, ["SEK"] = 300, ["SGD"] = 50, ["THB"] = 1000,
    }.ToFrozenDictionary();

    /// <summary>The amount as Stripe wants it, or why it cannot be said.</summary>
    internal static (long Wire, OperationError? Problem) ToWire(Money money)
    {
        var code = money.Currency.Code;
        if (DigitsOf(money.Currency) is not { } digits)
            return (0, new("currency_not_supported", $"Stripe's unit of {code} is not known, so an amount of it cannot be sent. Ask in another currency."));

        var (up, down) = (Power(digits - money.Currency.DecimalDigits), Power(money.Currency.DecimalDigits - digits));
        if (money.MinorUnits % down != 0)
            return (0, new("amount_not_expressible", $"Stripe takes {code} in whole units only, and {money} is not one. Round the amount."));
        if (money.MinorUnits / down is var wire && (wire > long.MaxValue / up || wire < long.MinValue / up))
            return (0, new("amount_too_large", $"{money} is more than Stripe takes at once."));
        wire *= up;
        return ThreeDecimals.Contains(code) && wire % 10 != 0
            ? (0, new("amount_not_expressible", $"Of the three decimals of {code} Stripe wants the last one to be zero, and in {money} it is not. Round the amount."))
            : (wire, null);
    }

    /// <summary>The same for what a payer is charged, which has a least and a most.</summary>
    internal static (long Wire, OperationError? Problem) ToCharge(Money money)
    {
        var (wire, problem) = ToWire(money);
        if (problem is not null) return (0, problem);
        var code = money.Currency.Code;
        if (Smallest.TryGetValue(code, out var least) && wire < least)
            return (0, new("amount_too_small", $"Stripe charges at least {FromWire(least, code)}, and {money} is less."));
        return wire > Largest && !LargerAmounts.Contains(code) ? (0, new("amount_too_large", $"Stripe charges at most {FromWire(Largest - (Largest % 100), code)} at once, and {money} is more.")) : (wire, null);
    }

    /// <summary>What an amount of Stripe's is; null when it is no amount that we can say.</summary>
    internal static Money? FromWire(long wire, string currency)
    {
        if (!Currency.TryFromCode(currency.ToUpperInvariant(), out var known) || DigitsOf(known) is not { } digits) return null;
        var (up, down) = (Power(known.DecimalDigits - digits), Power(digits - known.DecimalDigits));
        return wire % down != 0 || wire / down > long.MaxValue / up ? null : Money.FromMinorUnits(wire / down * up, known);
    }

    // What is not in Stripe's lists and has other digits than two is not guessed: a wrong guess charges ten times too much.
    private static int? DigitsOf(Currency currency) => currency.Code switch
    {
        var code when WithoutDecimals.Contains(code) => 0,
        var code when WholeInHundredths.Contains(code) => 2,
        var code when ThreeDecimals.Contains(code) => 3,
        _ when currency.DecimalDigits == 2 => 2,
        _ => null,
    };

    private static long Power(int exponent) => exponent switch { <= 0 => 1, 1 => 10, 2 => 100, 3 => 1_000, _ => 10_000 };
}
