namespace InvoicePayments.Tests;

/// <summary>What a host is doing when it dies.</summary>
public enum Verb
{
    Pay,
    Refund,
    Authorize,
    Capture,
    Void,
    RecordCash,
    Issue,
}

/// <summary>What the gateway does with the first request that reaches it.</summary>
public enum Story
{
    Answers,
    LosesTheAnswer,
    LosesTheRequest,
    Declines,
    DeclinesUnheard,
    BreaksAfterMoving,
    Challenges,
    TakesItsTime,
}

/// <summary>Who comes after a crash, how long after it, and whether they hear of the gateway's notifications.</summary>
/// <param name="ByKey">The caller with the same key; else recovery alone.</param>
/// <param name="After">How long nobody did anything.</param>
/// <param name="Notified">Whether notifications arrive, those that came while nobody was there included.</param>
internal sealed record Rescue(bool ByKey, TimeSpan After, bool Notified)
{
    /// <summary>Long enough that every claim is over, and short enough that recovery may still carry out what was wanted.</summary>
    public static TimeSpan Soon { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Later than recovery may carry anything out by itself, and later than any challenge lasts.</summary>
    public static TimeSpan Later { get; } = TimeSpan.FromHours(2);

    /// <summary>Later than any gateway recognises a duplicate.</summary>
    public static TimeSpan NextDay { get; } = TimeSpan.FromHours(25);

    public static IEnumerable<Rescue> All(bool byKey) =>
        from after in new[] { Soon, Later, NextDay }
        from notified in new[] { false, true }
        select new Rescue(byKey, after, notified);
}

/// <summary>One row of the matrix: what is done, at what gateway, how often by itself.</summary>
internal sealed record CrashCase(
    Verb Verb, Story Story = Story.Answers, DuplicateRule Rule = DuplicateRule.ReplaySameResult, int Resends = 0)
{
    public ScriptedBehaviour Behaviour => Story switch
    {
        Story.LosesTheAnswer => ScriptedBehaviour.LoseAnswerAfter(),
        Story.LosesTheRequest => ScriptedBehaviour.LoseAnswerBefore(),
        Story.Declines => ScriptedBehaviour.Decline(),
        Story.DeclinesUnheard => ScriptedBehaviour.LoseAnswerAfter(ScriptedBehaviour.Decline()),
        Story.BreaksAfterMoving => ScriptedBehaviour.ServerError(afterMoving: true),
        Story.Challenges => ScriptedBehaviour.RequireAction(),
        Story.TakesItsTime => ScriptedBehaviour.Process(),
        _ => ScriptedBehaviour.Succeed(),
    };
}
