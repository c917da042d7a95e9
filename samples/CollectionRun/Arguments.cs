using System.Globalization;

namespace NightlyCollection;

/// <summary>What was asked for: <c>[folder] [--invoices N] [--stop-after N]</c>.</summary>
/// <param name="Folder">Where the books and the gateway's ledger are kept.</param>
/// <param name="Invoices">How many invoices there are; 10,000 when left out.</param>
/// <param name="StopAfter">After how many answers to do what Ctrl-C does; never when left out.</param>
internal sealed record Arguments(string Folder, int Invoices, int? StopAfter)
{
    public static Arguments Read(string[] args) => new(
        Path.GetFullPath(args is [var folder, ..] && !folder.StartsWith('-') ? folder : Path.Combine(Path.GetTempPath(), "invoice-payments-collection")),
        Number(args, "--invoices") ?? 10_000,
        Number(args, "--stop-after"));

    private static int? Number(string[] args, string name) =>
        Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : null;
}
