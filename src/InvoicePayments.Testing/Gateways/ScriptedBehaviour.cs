namespace InvoicePayments;

/// <summary>
/// What a scripted gateway does with one request: what happens to the money, and what becomes of the answer on its way back. Those that
/// take an <c>of</c> or <c>then</c> wrap another behaviour: <c>LoseAnswerAfter(Decline())</c> is a decline that nobody hears.
/// </summary>
public sealed record ScriptedBehaviour
{
    private ScriptedBehaviour()
    {
    }

    /// <summary>Makes what the gateway decides; null means that the token decides.</summary>
    internal Func<ScriptedContext, GatewayOutcome>? Decide { get; private init; }

    internal int Times { get; private init; } = 1;

    internal bool NotifiesTwice { get; private init; }

    internal TimeSpan Delay { get; private init; }

    internal TimeSpan LateBy { get; private init; }

    internal bool LosesRequest { get; private init; }

    internal bool StoresError { get; private init; }

    internal OperationError? Lost { get; private init; }

    internal Exception? Failure { get; private init; }

    internal static ScriptedBehaviour ByToken { get; } = new();

    /// <summary>The money moves, whatever the token says.</summary>
    public static ScriptedBehaviour Succeed() => new() { Decide = context => context.Success(context.Asked) };

    /// <summary>The money moves or is blocked, and the gateway's risk check finds something odd.</summary>
    /// <param name="fraud">What it finds.</param>
    public static ScriptedBehaviour Suspect(FraudStatus fraud = FraudStatus.Suspicious) => new() { Decide = context => context.Success(context.Asked, fraud: fraud) };

    /// <summary>The payer's bank says no.</summary>
    /// <param name="why">Why; insufficient funds when left out.</param>
    public static ScriptedBehaviour Decline(Decline? why = null) => new() { Decide = context => new GatewayOutcome.Declined(why ?? ScriptedTokens.NoFunds, context.NewId()) };

    /// <summary>The payer has to do something first, and the gateway sets no time for it: it waits until it is called off.</summary>
    public static ScriptedBehaviour RequireActionForever() => new() { Decide = context => context.Challenge() with { Until = null } };

    /// <summary>The payer has to do something first.</summary>
    /// <param name="action">What; a redirect when left out.</param>
    /// <param name="within">How long there is; <see cref="ScriptedGatewayOptions.ChallengeTime"/> when left out.</param>
    public static ScriptedBehaviour RequireAction(PendingAction? action = null, TimeSpan? within = null) =>
        new() { Decide = context => context.Challenge(action, within) };

    /// <summary>A payment link is made, on which the payer finishes: see <see cref="ScriptedGateway.CompleteChallenge"/>. Of a request for anything else it is a challenge.</summary>
    public static ScriptedBehaviour MakeLink() => new() { Decide = context => context.Link() };

    /// <summary>A link that the gateway itself never ends, and which is good until somebody calls it off.</summary>
    internal static ScriptedBehaviour MakeLinkForever() => new() { Decide = context => context.Link() with { Until = null } };

    /// <summary>The gateway has it and answers later: see <see cref="ScriptedGateway.Settle"/>.</summary>
    /// <param name="askAgainAfter">When it wants to be asked again.</param>
    public static ScriptedBehaviour Process(TimeSpan? askAgainAfter = null) => new() { Decide = context => new GatewayOutcome.Processing(context.NewId(), askAgainAfter) };

    /// <summary>The gateway finds the request wrong. No money moves.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="message">Its message.</param>
    public static ScriptedBehaviour Refuse(string code = "invalid_request", string message = "The request was not accepted.") =>
        new() { Decide = _ => new GatewayOutcome.Refused(new(code, message)) };

    /// <summary>Less than asked is approved and moved, and the answer says so.</summary>
    public static ScriptedBehaviour PartiallyApprove(Money moved) => new() { Decide = context => context.Success(moved, partial: true) };

    /// <summary>Another amount is moved and reported than was asked, without a word about it.</summary>
    public static ScriptedBehaviour ReportWrongAmount(Money moved) => new() { Decide = context => context.Success(moved) };

    /// <summary>The request never arrives: no money moves, the gateway remembers nothing, the caller hears of a timeout.</summary>
    public static ScriptedBehaviour LoseAnswerBefore() => new() { LosesRequest = true, Lost = ScriptedTokens.Timeout };

    /// <summary>It happens, and the answer is lost.</summary>
    /// <param name="of">What happens; as the token says when left out.</param>
    public static ScriptedBehaviour LoseAnswerAfter(ScriptedBehaviour? of = null) => (of ?? ByToken) with { Lost = ScriptedTokens.Timeout };

    /// <summary>A 5xx. After moving, a gateway that replays answers the same 5xx again, though the money has moved.</summary>
    /// <param name="afterMoving">Whether it happened before the gateway broke down.</param>
    /// <param name="of">What happened; as the token says when left out.</param>
    public static ScriptedBehaviour ServerError(bool afterMoving, ScriptedBehaviour? of = null) =>
        (of ?? ByToken) with { LosesRequest = !afterMoving, StoresError = afterMoving, Lost = ScriptedTokens.ServerError };

    /// <summary>It happens at once, and the answer takes its time; a caller that gives up in between has moved the money all the same.</summary>
    /// <param name="delay">How long, by the gateway's clock.</param>
    /// <param name="then">What happens; as the token says when left out.</param>
    public static ScriptedBehaviour Slow(TimeSpan delay, ScriptedBehaviour? then = null) => (then ?? ByToken) with { Delay = delay };

    /// <summary>It happens once, and its notification comes twice.</summary>
    /// <param name="of">What happens; as the token says when left out.</param>
    public static ScriptedBehaviour AnswerTwice(ScriptedBehaviour? of = null) => (of ?? ByToken) with { NotifiesTwice = true };

    /// <summary>The money moves twice under two ids; the answer is about the first, and each has its notification.</summary>
    public static ScriptedBehaviour ChargeTwice() => Succeed() with { Times = 2 };

    /// <summary>It happens now, and nobody learns of it before some time has passed: no answer, no notification, no resolution.</summary>
    /// <param name="after">How long, by the gateway's clock.</param>
    /// <param name="of">What happens; as the token says when left out.</param>
    public static ScriptedBehaviour AnswerLate(TimeSpan after, ScriptedBehaviour? of = null) =>
        (of ?? ByToken) with { LateBy = after, Lost = ScriptedTokens.Timeout };

    /// <summary>The adapter throws, as a real one might when the network breaks.</summary>
    /// <param name="failure">What it throws.</param>
    /// <param name="afterMoving">Whether it has happened by then.</param>
    public static ScriptedBehaviour Throw(Exception failure, bool afterMoving = false) => new() { Failure = failure, LosesRequest = !afterMoving };

    /// <summary>Answers exactly this. Money moves when it is a success.</summary>
    public static ScriptedBehaviour Answer(GatewayOutcome outcome) => new() { Decide = _ => outcome };
}
