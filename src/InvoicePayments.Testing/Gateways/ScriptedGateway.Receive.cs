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
            var guarantee = Profile.For(command.Kind);
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
        var context = new ScriptedContext(command, known?.Ids ?? 0, now, _challengeTime);
        var of = (command as GatewayCommand.Refund)?.Of;

        // A behaviour that only says what becomes of the answer leaves the rest to the token.
        var decide = behaviour.Decide ?? ScriptedTokens.BehaviourOf(command).Decide;
        var outcome = Possible(book, decide?.Invoke(context) ?? context.Success(command.Amount), of, behaviour.Times);
        var state = new ReferenceState
        {
            Reference = command.Reference,
            Tenant = command.Tenant,
            Kind = command.Kind,
            Asked = command.Amount,
            FirstAt = now,
            FirstAnswer = behaviour.StoresError ? new GatewayOutcome.Unknown(behaviour.Lost!) : outcome,

            // A gateway without a guarantee did both; the money that moved first is still there.
            Current = known?.Current is GatewayOutcome.Succeeded moved ? moved : outcome,
            Of = of,
            KnownFrom = now + behaviour.LateBy,
        };

        List<GatewayOutcome> news = [outcome];
        if (outcome is GatewayOutcome.Succeeded first)
            for (var i = 1; i < behaviour.Times; i++) news.Add(first with { Id = context.NewId() });

        Write(book, state with { Ids = context.Ids }, news, now);
        if (behaviour.NotifiesTwice) Notify(state, outcome);
        return outcome;
    }

    /// <summary>Nothing is given back that is not there: whatever the script says, such a refund is refused.</summary>
    private static GatewayOutcome Possible(LedgerBook book, GatewayOutcome outcome, GatewayPaymentId? of, int times) =>
        of is { } charge && outcome is GatewayOutcome.Succeeded refund
            && checked(refund.Moved.MinorUnits * times) > book.RefundableOf(charge, refund.Moved.Currency)
            ? new GatewayOutcome.Refused(new("refund_exceeds_charge", "The refund is more than is left of the charge."))
            : outcome;

    private void Write(LedgerBook book, ReferenceState state, IReadOnlyList<GatewayOutcome> news, DateTimeOffset now)
    {
        book.Write(state, [.. news.OfType<GatewayOutcome.Succeeded>().Select(s =>
            new LedgerEntry(state.Reference, s.Id, state.Kind, s.Moved, now, state.Tenant, state.Of))]);
        foreach (var outcome in news) Notify(state, outcome);
    }

    private static GatewayOutcome.Unknown Unknown(string code, string message) => new(new OperationError(code, message));
}
