using System.Text.RegularExpressions;

namespace InvoicePayments;

/// <content>What plays no part in the story: what was set up before it begins, and, where it is long, what was refused.</content>
internal sealed partial class Story
{
    private const int ReadAtAGlance = 20;

    // Of a long story: calls that were refused, and so have stored nothing.
    private static List<StoryLine> WithoutRefusals(List<StoryLine> lines)
    {
        if (lines.Count <= ReadAtAGlance) return lines;
        var refused = lines.Where(l => l.Kind == StoryLineKind.Answered && IsRefusal(l.What)).Select(l => l.Words)
            .Except(lines.Where(l => l.Kind == StoryLineKind.Answered && !IsRefusal(l.What)).Select(l => l.Words)).ToHashSet();
        var told = lines.Where(l => !(l.Kind is StoryLineKind.Asked or StoryLineKind.Answered && refused.Contains(l.Words)) && !IsRefusedAtOnce(l)).ToList();
        if (told.Count < lines.Count) told.Add(new(lines[^1].At, "world", "others were refused meanwhile, and stored nothing"));
        return told;
    }

    private static bool IsRefusal(string answer) => answer.StartsWith("rejected", StringComparison.Ordinal);

    private static bool IsRefusedAtOnce(StoryLine line) => line.Kind == StoryLineKind.Done && line.What.Contains("; answers rejected", StringComparison.Ordinal);

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
