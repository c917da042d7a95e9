using System.Globalization;

namespace InvoicePayments.Benchmarks;

/// <summary>Whether a payment costs more the more there is: invoices in the table, or payments on the invoice. Each size is a contender of its own.</summary>
internal static class Growth
{
    private const int Callers = 32;

    /// <summary>From a thousand invoices on, ten times as many each time, up to <paramref name="most"/>.</summary>
    internal static Task RunInvoicesAsync(Ground ground, Results results, int rounds, TimeSpan time, int most) => MeasureAsync(
        results, "growth-invoices", "PostgreSQL, 32 callers, offline, the more invoices there are", rounds, time, Sizes(1_000, most),
        async size =>
        {
            var schema = string.Create(CultureInfo.InvariantCulture, $"invoices_{size}");
            var library = ground.Library(schema, Label(size, "invoices"));
            await library.BeginAsync(1);
            await Copies.MakeAsync(ground.Source, schema, 1, size);
            return library;
        },
        size => random => random.Next(size));

    /// <summary>From none on, up to <paramref name="most"/> payments on the one invoice that everybody pays.</summary>
    internal static Task RunPaymentsAsync(Ground ground, Results results, int rounds, TimeSpan time, int most) => MeasureAsync(
        results, "growth-payments", "PostgreSQL, 32 callers, offline, all on one invoice, the more payments it has", rounds, time, [0, .. Sizes(1_000, most)],
        async size =>
        {
            var library = ground.Library(string.Create(CultureInfo.InvariantCulture, $"payments_{size}"), Label(size, "payments"));
            await library.BeginAsync(1);
            await Parallel.ForAsync(0, size, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (_, _) => await library.PayOfflineAsync(0, Crowd.NewKey()));
            return library;
        },
        _ => _ => 0);

    private static async Task MeasureAsync(
        Results results, string name, string sentence, int rounds, TimeSpan time, int[] sizes, Func<int, Task<LibraryContender>> begin, Func<int, Func<Random, int>> invoice)
    {
        Console.WriteLine(sentence);
        var libraries = new List<LibraryContender>();
        foreach (var size in sizes) libraries.Add(await begin(size));
        var measured = sizes.Select(_ => new List<Measured>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < sizes.Length; i++)
            {
                var one = await Crowd.RunAsync(libraries[i], Callers, round == 0 ? Crowd.Warming : time, invoice(sizes[i]), (library, number, key) => library.PayOfflineAsync(number, key));
                if (round > 0) measured[i].Add(one);
            }
        }

        foreach (var library in libraries) await library.DisposeAsync();
        var medians = libraries.Select((library, i) => (library.Name, Measured.MedianOf(measured[i]))).ToList();
        foreach (var (contender, median) in medians) Console.WriteLine(EndToEnd.Line(contender, median, medians[0].Item2));
        results.Put(name, sentence, medians);
    }

    private static int[] Sizes(int least, int most)
    {
        var sizes = new List<int>();
        for (long size = least; size <= most; size *= 10) sizes.Add((int)size);
        return [.. sizes];
    }

    private static string Label(int size, string of) => string.Create(CultureInfo.InvariantCulture, $"{size:N0} {of}");
}
