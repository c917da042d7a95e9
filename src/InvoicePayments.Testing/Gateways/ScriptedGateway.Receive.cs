namespace InvoicePayments;

public sealed partial class ScriptedGateway
{
    /// <summary>The request has arrived: recognise it or do it, in one decision that nobody else can come between.</summary>
    private GatewayOutcome Receive(GatewayCommand command, ScriptedBehaviour behaviour)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var known = book.Find(command.Reference);
            var guarantee = Profile.For(command);
            if (known is not null && guarantee.CoversResend(known.FirstAt, now)) return Replay(Expire(book, known, now), command, guarantee, now);
            return Do(book, known, command, behaviour, now);
        });
    }

    private static GatewayOutcome Replay(ReferenceState known, GatewayCommand command, Guarantee guarantee, DateTimeOffset now)
    {
        if (guarantee.Duplicates == DuplicateRule.RejectedAsDuplicate) return Unknown("duplicate", "There was a request with this reference already.");
        if (known.Asked != command.Amount || known.Kind != command.Kind) return Unknown("reference_reused", "The reference belongs to another request.");
        if (now < known.KnownFrom) return Unknown("in_flight", "The first request is still under way.");
        return guarantee.Duplicates == DuplicateRule.ReplayCurrentState ? known.Current : known.FirstAnswer;
    }

    private GatewayOutcome Do(LedgerBook book, ReferenceState? known, GatewayCommand command, ScriptedBehaviour behaviour, DateTimeOffset now)
    {
        var context = new ScriptedContext(command, known?.Ids ?? 0, now, _challengeTime, _authorizationTime);
        var of = OfWhat(command);
        var ends = EndsAuthorization(command);
        if (of is { } id && book.Authorization(id) is { } authorization) Expire(book, authorization, now);

        // A behaviour that only says what becomes of the answer leaves the rest to the token.
        var decide = behaviour.Decide ?? ScriptedTokens.BehaviourOf(command).Decide;
        var outcome = Possible(book, decide?.Invoke(context) ?? context.Success(command.Amount), command.Kind, of, ends, behaviour.Times, now);
        var state = new ReferenceState
        {
            Reference = command.Reference,
            Tenant = command.Tenant,
            Kind = command.Kind,
            Asked = command.Amount,
            FirstAt = now,
            FirstAnswer = behaviour.StoresError ? new GatewayOutcome.Unknown(behaviour.Lost!) : outcome,

            // A gateway without a guarantee did both; the money that moved first is still there.
            Current = known?.Current is GatewayOutcome.Succeeded or GatewayOutcome.Authorized ? known.Current : outcome,
            Of = of,
            EndsAuthorization = ends,
            KnownFrom = now + behaviour.LateBy,
        };

        List<GatewayOutcome> news = [outcome];
        if (outcome is GatewayOutcome.Succeeded first)
            for (var i = 1; i < behaviour.Times; i++) news.Add(first with { Id = context.NewId() });

        Write(book, state with { Ids = context.Ids }, news, now);
        if (behaviour.NotifiesTwice) Notify(state, outcome);
        return outcome;
    }

    private static GatewayPaymentId? OfWhat(GatewayCommand command) => command switch
    {
        GatewayCommand.Refund refund => refund.Of,
        GatewayCommand.Capture capture => capture.Of,
        GatewayCommand.Void undo => undo.Of,
        _ => null,
    };

    // Where an authorization is captured only once, the first capture is the last one whatever it says.
    private bool EndsAuthorization(GatewayCommand command) => command switch
    {
        GatewayCommand.Capture capture => capture.ReleaseRest || !Profile.CapturesSeveralTimes,
        GatewayCommand.Void undo => undo.OfAuthorization,
        _ => false,
    };

    /// <summary>Nothing is given back or captured that is not there: whatever the script says, such a request is refused.</summary>
    private GatewayOutcome Possible(
        LedgerBook book, GatewayOutcome outcome, OperationKind kind, GatewayPaymentId? of, bool ends, int times, DateTimeOffset now)
    {
        if (of is not { } id || outcome is not GatewayOutcome.Succeeded done) return outcome;
        var (units, currency) = (checked(done.Moved.MinorUnits * times), done.Moved.Currency);
        return kind switch
        {
            OperationKind.Refund when units > book.RefundableOf(id, currency) => Refused("refund_exceeds_charge", "The refund is more than is left of the charge."),
            OperationKind.Capture when units > book.CapturableOf(id) => Refused("capture_exceeds_authorization", "The capture is more than is still authorized."),
            OperationKind.Void when ends && book.CapturableOf(id) == 0 => Refused("authorization_closed", "Nothing is authorized any more."),
            OperationKind.Void when ends => outcome,
            OperationKind.Void when units != book.RefundableOf(id, currency) => Refused("void_not_whole", "A void takes back the whole."),
            OperationKind.Void when Profile.VoidWindow is not { } window || now - book.MovedAt(id) >= window => new GatewayOutcome.Refused(OperationError.AlreadySettled),
            _ => outcome,
        };
    }

    private static GatewayOutcome.Refused Refused(string code, string message) => new(new OperationError(code, message));

    private void Write(LedgerBook book, ReferenceState state, IReadOnlyList<GatewayOutcome> news, DateTimeOffset now)
    {
        // What lets go an authorization moves nothing; what a gateway takes under an authorization by itself is a capture.
        var moves = state is not { Kind: OperationKind.Void, EndsAuthorization: true };
        var kind = state.Kind == OperationKind.Authorize ? OperationKind.Capture : state.Kind;
        book.Write(state, [.. news.OfType<GatewayOutcome.Succeeded>().Where(_ => moves).Select(s =>
            new LedgerEntry(state.Reference, s.Id, kind, s.Moved, now, state.Tenant, state.Of))]);
        foreach (var outcome in news) Notify(state, outcome);
        if (!moves && news.OfType<GatewayOutcome.Succeeded>().Any() && state.Of is { } id && book.Authorization(id) is { } ended)
            Notify(ended, new GatewayOutcome.Canceled(id));
    }

    private static GatewayOutcome.Unknown Unknown(string code, string message) => new(new OperationError(code, message));
}
