namespace InvoicePayments.Tests;

/// <summary>A text in the source tree that a test derives from the code, and a person approves.</summary>
internal static class ApprovedText
{
    /// <summary>Fails with the lines that came and went, or writes the new text when this run approves.</summary>
    public static void Check(string path, string approved, string actual)
    {
        if (approved == actual) return;
        if (SourceTree.Approving)
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.Fail($"{path} is not what the code says.\n{Difference(approved, actual)}\nWhen that is meant: {SourceTree.HowToApprove}");
    }

    /// <summary>One line per line that is only in one of the two.</summary>
    public static string Difference(string approved, string actual)
    {
        var (before, now) = (approved.Split('\n'), actual.Split('\n'));
        string[] changed = [.. before.Except(now).Select(line => "- " + line), .. now.Except(before).Select(line => "+ " + line)];
        return changed.Length == 0 ? "The same lines stand in another order, or another number of times." : string.Join('\n', changed);
    }
}
