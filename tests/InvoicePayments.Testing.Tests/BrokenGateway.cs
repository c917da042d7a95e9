namespace InvoicePayments.Tests;

public enum GatewayFault
{
    None,
    MovesOnDuplicate,
    ResolveMoves,
    ThrowsDeclines,
    ReportsWrongAmount,
    ForgetsReferences,
    RefundsTooMuch,
    DeclinesWhenCancelled,
    FindsWhatNeverWas,
    LeavesOutTheMessage,
    NegativeWindow,
    LinksElsewhere,
}

/// <summary>A scripted gateway behind a wrapper that breaks one promise while its profile goes on claiming it.</summary>
internal sealed class BrokenGateway(GatewayFault fault) : IPaymentGateway
{
    private readonly ScriptedGateway _inner = new(new ScriptedGatewayOptions
    {
        Profile = ScriptedGatewayOptions.ProfileOf(fault == GatewayFault.MovesOnDuplicate ? DuplicateRule.None : DuplicateRule.ReplaySameResult),
    });
    private long _extra;

    public GatewayProfile Profile => fault == GatewayFault.NegativeWindow
        ? ScriptedGatewayOptions.ProfileOf(DuplicateRule.ReplaySameResult, TimeSpan.FromSeconds(-1))
        : ScriptedGatewayOptions.ProfileOf(DuplicateRule.ReplaySameResult);

    public GatewayConformanceSubject Subject => new()
    {
        Gateway = this,
        Moved = (reference, _) => ValueTask.FromResult(_inner.Ledger.MovementsOf(reference).Sum(e => e.Money.MinorUnits) + Interlocked.Read(ref _extra)),
        Succeeds = ScriptedTokens.Visa,
        Declines = ScriptedTokens.Declined,
        LoseNextAnswer = _ =>
        {
            _inner.Next(ScriptedBehaviour.LoseAnswerAfter());
            return ValueTask.CompletedTask;
        },
    };

    public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        if (fault == GatewayFault.DeclinesWhenCancelled && cancellationToken.IsCancellationRequested)
            return new GatewayOutcome.Declined(new(DeclineKind.Other, RetryAdvice.Later, "cancelled", "Cancelled."));

        var outcome = await _inner.ExecuteAsync(command, cancellationToken);
        if (fault == GatewayFault.RefundsTooMuch && outcome is GatewayOutcome.Refused)
        {
            Interlocked.Add(ref _extra, command.Amount.MinorUnits);
            return new GatewayOutcome.Succeeded(new("re_too_much"), command.Amount);
        }

        return (fault, outcome) switch
        {
            (GatewayFault.ThrowsDeclines, GatewayOutcome.Declined) => throw new InvalidOperationException("card_declined"),
            (GatewayFault.LeavesOutTheMessage, GatewayOutcome.Declined no) => no with { Why = no.Why with { Message = "" } },
            (GatewayFault.ReportsWrongAmount, GatewayOutcome.Succeeded yes) => yes with { Moved = yes.Moved - Money.FromMinorUnits(1, yes.Moved.Currency) },
            (GatewayFault.LinksElsewhere, GatewayOutcome.ActionRequired { Action: PendingAction.PaymentLink } link) => Elsewhere(link),
            _ => outcome,
        };
    }

    private static GatewayOutcome.ActionRequired Elsewhere(GatewayOutcome.ActionRequired link) =>
        link with { Action = new PendingAction.PaymentLink(new($"https://pay.example/{Guid.NewGuid():N}")) };

    public async Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        if (fault == GatewayFault.ForgetsReferences) return new GatewayResolution.Absent();
        if (fault == GatewayFault.ResolveMoves) Interlocked.Add(ref _extra, trace.Command.Amount.MinorUnits);
        var resolution = await _inner.ResolveAsync(trace, cancellationToken);
        if (fault == GatewayFault.LinksElsewhere && trace.Command is GatewayCommand.RequestLink) return new GatewayResolution.Absent();
        return fault == GatewayFault.FindsWhatNeverWas && resolution is GatewayResolution.Absent
            ? new GatewayResolution.Found(new GatewayOutcome.Succeeded(new("ch_never"), trace.Command.Amount))
            : resolution;
    }
}
