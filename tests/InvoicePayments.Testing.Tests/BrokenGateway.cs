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
    AuthorizeMoves,
    CapturesTwice,
    CapturesTooMuch,
    CapturesOnlyOnce,
    VoidHoldsOn,
    VoidTakesBackTwice,
    CallsOffWhatMoved,
    OneIdForAll,
    TriesDeclinesAgain,
    FindsDeclinesAsPaid,
}

/// <summary>A scripted gateway behind a wrapper that breaks one promise while its profile goes on claiming it.</summary>
internal sealed class BrokenGateway(GatewayFault fault) : IPaymentGateway, ICancelOperations
{
    private readonly ScriptedGateway _inner = new(new ScriptedGatewayOptions
    {
        Profile = ScriptedGatewayOptions.ProfileOf(fault == GatewayFault.MovesOnDuplicate ? DuplicateRule.None : DuplicateRule.ReplaySameResult)
            with { CapturesSeveralTimes = fault != GatewayFault.CapturesOnlyOnce },
    });
    private readonly HashSet<GatewayReference> _declined = [];
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

        // As an adapter does that believes a void without asking for it.
        if (fault == GatewayFault.VoidHoldsOn && command is GatewayCommand.Void { OfAuthorization: true })
            return new GatewayOutcome.Succeeded(new("vo_1"), command.Amount);

        var outcome = await _inner.ExecuteAsync(command, cancellationToken);
        if (fault == GatewayFault.TriesDeclinesAgain && outcome is GatewayOutcome.Declined && !_declined.Add(command.Reference))
            return new GatewayOutcome.Succeeded(new("ch_after_all"), command.Amount);
        if (MovesMore(command)) Interlocked.Add(ref _extra, command.Amount.MinorUnits);
        if (fault == GatewayFault.CapturesTooMuch && command is GatewayCommand.Capture && outcome is GatewayOutcome.Refused)
            return new GatewayOutcome.Succeeded(new("ca_too_much"), command.Amount);
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
            (GatewayFault.OneIdForAll, GatewayOutcome.Succeeded yes) => yes with { Id = new("ch_same") },
            (GatewayFault.LinksElsewhere, GatewayOutcome.ActionRequired { Action: PendingAction.PaymentLink } link) => Elsewhere(link),
            _ => outcome,
        };
    }

    public async Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        var resolution = await _inner.CancelAsync(trace, cancellationToken);
        return fault == GatewayFault.CallsOffWhatMoved ? new GatewayResolution.Found(new GatewayOutcome.Canceled()) : resolution;
    }

    private bool MovesMore(GatewayCommand command) => (fault, command) switch
    {
        (GatewayFault.AuthorizeMoves, GatewayCommand.Authorize) => true,
        (GatewayFault.CapturesTwice, GatewayCommand.Capture) => true,
        (GatewayFault.VoidTakesBackTwice, GatewayCommand.Void) => true,
        _ => false,
    };

    private static GatewayOutcome.ActionRequired Elsewhere(GatewayOutcome.ActionRequired link) =>
        link with { Action = new PendingAction.PaymentLink(new($"https://pay.example/{Guid.NewGuid():N}")) };

    public async Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        if (fault == GatewayFault.ForgetsReferences) return new GatewayResolution.Absent();
        if (fault == GatewayFault.ResolveMoves) Interlocked.Add(ref _extra, trace.Command.Amount.MinorUnits);
        var resolution = await _inner.ResolveAsync(trace, cancellationToken);
        if (fault == GatewayFault.LinksElsewhere && trace.Command is GatewayCommand.RequestLink) return new GatewayResolution.Absent();
        if (fault == GatewayFault.FindsDeclinesAsPaid && resolution is GatewayResolution.Found { Outcome: GatewayOutcome.Declined })
            return new GatewayResolution.Found(new GatewayOutcome.Succeeded(new("ch_paid"), trace.Command.Amount));
        return fault == GatewayFault.FindsWhatNeverWas && resolution is GatewayResolution.Absent
            ? new GatewayResolution.Found(new GatewayOutcome.Succeeded(new("ch_never"), trace.Command.Amount))
            : resolution;
    }
}
