using FsCheck;
using FsCheck.Fluent;

namespace InvoicePayments.Tests;

/// <summary>Runs a statement against many values; the first that breaks it fails the test and is shown.</summary>
internal static class Property
{
    internal static readonly Currency[] Currencies = [Currency.JPY, Currency.EUR, Currency.KWD, Currency.CLF];

    private static readonly long[] Ends = [long.MinValue, long.MinValue + 1, -1, 0, 1, long.MaxValue - 1, long.MaxValue];

    private static Gen<long> AnyBits { get; } = Gen.Choose(0, 0xFFFF).ArrayOf(4)
        .Select(words => words.Aggregate(0L, (bits, word) => (bits << 16) | (uint)word));

    /// <summary>The whole range of long: small numbers, numbers of any size, and the ends themselves.</summary>
    internal static Gen<long> AnyLong { get; } = Gen.OneOf(
        Gen.Elements(Ends),
        Gen.Choose(-1000, 1000).Select(n => (long)n),
        AnyBits);

    internal static Gen<Money> AnyMoney { get; } =
        from units in AnyLong
        from currency in Gen.Elements(Currencies)
        select Money.FromMinorUnits(units, currency);

    internal static Gen<long[]> AnyWeights { get; } = Gen.OneOf(
            Gen.Choose(0, 5).Select(n => (long)n).ArrayOf(),
            AnyBits.Select(bits => bits & long.MaxValue).ArrayOf(),
            Gen.Elements(0L, 1L, long.MaxValue).ArrayOf())
        .Where(weights => weights.Any(weight => weight > 0));

    /// <summary>Text that is nearly right as well as text that is not: the parser has to see both.</summary>
    internal static Gen<string> AnyText { get; } = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements([.. "EURJPYKWD -+.,0123456789\u0000\ud800٣"]).ArrayOf().Select(chars => new string(chars)),
        from money in AnyMoney
        from at in Gen.Choose(0, 30)
        from c in Gen.Elements([.. "E -.0\t9,"])
        select money.ToString().Insert(Math.Min(at, money.ToString().Length), c.ToString()));

    // A mutation run repeats a test for every mutant, so it asks for fewer values and fewer orders; nobody else sets this.
    private static readonly int Most = int.TryParse(Environment.GetEnvironmentVariable("INVOICEPAYMENTS_PROPERTY_TESTS"), out var most)
        ? most
        : int.MaxValue;

    /// <summary>Every order of these; in a mutation run every seventh and the last, which is the reverse of the first.</summary>
    internal static IEnumerable<T[]> OrdersOf<T>(IReadOnlyList<T> all)
    {
        var orders = Permute(all).ToList();
        return Most == int.MaxValue ? orders : orders.Where((_, i) => i % 7 == 0 || i == orders.Count - 1);
    }

    private static IEnumerable<T[]> Permute<T>(IReadOnlyList<T> all) => all.Count <= 1
        ? [[.. all]]
        : all.SelectMany((first, i) => Permute([.. all.Where((_, j) => j != i)]).Select(rest => (T[])[first, .. rest]));

    internal static void Holds<T>(Gen<T> values, Action<T> statement, int times = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(times, Most)), Prop.ForAll(values.ToArbitrary(), statement));

    internal static void Holds<T1, T2>(Gen<T1> first, Gen<T2> second, Action<T1, T2> statement) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(500, Most)),
            Prop.ForAll(first.ToArbitrary(), second.ToArbitrary(), statement));
}
