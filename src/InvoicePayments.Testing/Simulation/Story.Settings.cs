using System.Text.RegularExpressions;

namespace InvoicePayments;

/// <content>What was set up before the story begins, and plays no part in it.</content>
internal sealed partial class Story
{
    // A grant may play a part without being named: through the credit that came of it.
    private static List<StoryLine> WhatPlaysAPart(List<StoryLine> lines) =>
        [.. lines.Where(line => SetUp().Match(line.What) is not { Success: true } setUp || IsNamed(lines, setUp.Groups[1].Value, setUp.Groups[2].Value))];

    private static bool IsNamed(List<StoryLine> lines, string tenant, string document)
    {
        var others = lines.Where(l => SetUp().Match(l.What) is not { Success: true } setUp || setUp.Groups[2].Value != document).Select(l => l.What);
        var isGrant = document.StartsWith("grant", StringComparison.Ordinal);
        return others.Any(what => what.Contains($"{tenant}/{document}", StringComparison.Ordinal)
            || (isGrant && (what.Contains("credit", StringComparison.Ordinal) || what.Contains("balance", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"^is asked: (?:issue(?: the grant)?|record all in cash for the grant) (north|south)/([a-z]+_\d+).*; answers ")]
    private static partial Regex SetUp();
}
