using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>Something that a worker told its client. What it says has to be true for ever.</summary>
/// <param name="At">When, by the clock that all processes of this machine share.</param>
/// <param name="What">begun, issued, or the status of a payment; or what kept the store from answering.</param>
/// <param name="Invoice">The invoice's number; zero for what the store said.</param>
/// <param name="Key">The client's key; a dash where there is none.</param>
/// <param name="Minor">How much moved or is held, in minor units.</param>
/// <param name="IsReplay">Whether it repeats an answer.</param>
internal readonly record struct Acknowledgement(long At, string What, int Invoice, string Key, long Minor, bool IsReplay)
{
    public static Acknowledgement Parse(string line)
    {
        var p = line.Split(' ');
        return new(Number(p[0]), p[1], (int)Number(p[2]), p[3], Number(p[4]), p[5] == "replay");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At} {What} {Invoice} {Key} {Minor} {(IsReplay ? "replay" : "new")}");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
