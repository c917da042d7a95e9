namespace InvoicePayments;

/// <content>What is told in one line instead of several.</content>
internal sealed partial class Story
{
    /// <summary>The story as it is printed.</summary>
    internal IReadOnlyList<string> Lines => [.. WhatPlaysAPart(Rounds(Calls(_lines))).Select(Print)];

    // What a host stores, and answers at once, goes with what it did before; but only while it is certain which of its calls that belongs to.
    private static List<StoryLine> Calls(List<StoryLine> lines)
    {
        var (told, open) = (new List<StoryLine>(), new Dictionary<string, int>());
        foreach (var line in lines)
        {
            var calls = open.GetValueOrDefault(line.Who);
            open[line.Who] = line.Kind switch
            {
                StoryLineKind.Asked => calls + 1,
                StoryLineKind.Answered => calls - 1,
                StoryLineKind.Died => 0,
                _ => calls,
            };
            if (told.Count > 0 && (told[^1].At, told[^1].Who) == (line.At, line.Who) && Joined(told[^1], line, calls) is { } joined) told[^1] = joined;
            else told.Add(line);
        }

        return told;
    }

    private static StoryLine? Joined(StoryLine before, StoryLine line, int calls) => line.Kind switch
    {
        StoryLineKind.Stored when calls == 1 && before.Kind is (StoryLineKind.Asked or StoryLineKind.Other) => before with { What = $"{before.What}; {line.What}" },
        StoryLineKind.Answered when before.Kind == StoryLineKind.Asked && before.Words == line.Words => before with
        {
            What = $"{before.What}; answers {line.What}",
            Kind = before.What == $"is asked: {Recovery}" ? StoryLineKind.Idle : StoryLineKind.Done,
        },
        StoryLineKind.Stored when before.Kind == StoryLineKind.Stored && before.What == line.What && line.What.EndsWith(nameof(CommitResult.Conflict), StringComparison.Ordinal) =>
            before with { Times = before.Times + 1 },
        StoryLineKind.Answered when before.Kind == StoryLineKind.Stored => before with { What = $"{before.Counted}; answers {line.Words}: {line.What}", Kind = StoryLineKind.Done, Times = 1 },
        _ => null,
    };

    // What was delivered at once is no news.
    private static bool IsNews(StoryLine line) => line.Kind != StoryLineKind.Idle && !(line.Kind == StoryLineKind.Done && line.Words is Delivery or Release);

    private static string What(List<StoryLine> round) => string.Join('\n', round.Select(l => $"{l.Who} {l.Words} {l.What}"));

    // Rounds of recovery that find nothing to do, or nothing but what a round before has found.
    private static List<StoryLine> Rounds(List<StoryLine> lines)
    {
        var told = lines.TakeWhile(l => l.Kind != StoryLineKind.Round).ToList();
        var (known, again, last) = (new HashSet<string>(), 0, 0L);
        for (var at = told.Count; at < lines.Count;)
        {
            var round = lines.Skip(at + 1).TakeWhile(l => l.Kind != StoryLineKind.Round).ToList();
            at += round.Count + 1;
            if (round.Count == 0) continue;
            var learned = round.Where(IsNews).ToList();
            if (learned.Count == 0 || !known.Add(What(learned)))
            {
                (again, last) = (again + 1, round[^1].At);
                continue;
            }

            TellAgain();
            told.AddRange(learned);
        }

        TellAgain();
        return told;

        void TellAgain()
        {
            var times = again == 1 ? "once" : $"{again} times";
            if (again > 0) told.Add(new(last, "world", $"recovery has come round {times}{(known.Count > 0 ? " more" : "")} and learned nothing new"));
            again = 0;
        }
    }
}
