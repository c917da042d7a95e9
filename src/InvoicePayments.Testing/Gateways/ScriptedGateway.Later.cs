namespace InvoicePayments;

public sealed partial class ScriptedGateway
{
    private readonly Lock _news = new();
    private readonly List<(DateTimeOffset From, GatewayNotification News)> _notifications = [];

    /// <summary>What webhooks would have delivered by now and nobody has drained yet, oldest first; a copy.</summary>
    public IReadOnlyList<GatewayNotification> Notifications
    {
        get
        {
            var now = _time.GetUtcNow();
            lock (_news) return [.. _notifications.Where(n => n.From <= now).Select(n => n.News)];
        }
    }

    /// <summary>Takes what webhooks would have delivered by now; each notification is given out once.</summary>
    public IReadOnlyList<GatewayNotification> DrainNotifications()
    {
        var now = _time.GetUtcNow();
        lock (_news)
        {
            List<GatewayNotification> drained = [.. _notifications.Where(n => n.From <= now).Select(n => n.News)];
            _notifications.RemoveAll(n => n.From <= now);
            return drained;
        }
    }

    /// <summary>The payer finishes a challenge, or pays on a payment link: the money moves, or the bank declines. Answers what a webhook would carry, and notifies it.</summary>
    /// <param name="reference">Our reference.</param>
    /// <param name="succeed">Whether the payer passes.</param>
    /// <exception cref="InvalidOperationException">There is no challenge under way.</exception>
    public GatewayOutcome CompleteChallenge(GatewayReference reference, bool succeed = true) =>
        Move(reference, state => state.Current is GatewayOutcome.ActionRequired { Id: var id }
            ? succeed ? Done(state, id) : new GatewayOutcome.Declined(ChallengeFailed, id)
            : throw NotThere(reference, "challenge"));

    /// <summary>The payer never comes back: the challenge or payment link expires at the gateway.</summary>
    /// <exception cref="InvalidOperationException">There is no challenge under way.</exception>
    public GatewayOutcome AbandonChallenge(GatewayReference reference) =>
        Move(reference, state => state.Current is GatewayOutcome.ActionRequired { Id: var id }
            ? new GatewayOutcome.Expired(id)
            : throw NotThere(reference, "challenge"));

    /// <summary>What was processing is decided: the money moves, or the bank declines.</summary>
    /// <exception cref="InvalidOperationException">Nothing is being processed.</exception>
    public GatewayOutcome Settle(GatewayReference reference, bool succeed = true) =>
        Move(reference, state => state.Current is GatewayOutcome.Processing processing
            ? succeed
                ? Done(state, processing.Id ?? new GatewayPaymentId($"{ScriptedContext.PrefixOf(state.Kind)}_{reference}"))
                : new GatewayOutcome.Declined(ScriptedTokens.NoFunds, processing.Id)
            : throw NotThere(reference, "processing"));

    /// <summary>
    /// Moves the money of a reference once more under a new id, wherever it stands: the second success, or the success after a decline,
    /// that no host expects and every host must record.
    /// </summary>
    public GatewayOutcome MoveAgain(GatewayReference reference) =>
        Move(reference, state => new GatewayOutcome.Succeeded(
            new($"{ScriptedContext.PrefixOf(state.Kind)}_{reference}_{state.Ids + 1}"), state.Asked), newId: true);

    /// <summary>An authorization ends at the gateway before its time. What was captured stays captured.</summary>
    /// <exception cref="InvalidOperationException">There is no authorization under this reference.</exception>
    public GatewayOutcome ExpireAuthorization(GatewayReference reference) =>
        Move(reference, state => state.Current is GatewayOutcome.Authorized { Id: var id } ? new GatewayOutcome.Expired(id) : throw NotThere(reference, "authorization"));

    private GatewayOutcome Done(ReferenceState state, GatewayPaymentId id) => state.Kind == OperationKind.Authorize
        ? new GatewayOutcome.Authorized(id, state.Asked, _time.GetUtcNow() + _authorizationTime)
        : new GatewayOutcome.Succeeded(id, state.Asked);

    private GatewayResolution Look(GatewayReference reference)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold<GatewayResolution>(book =>
        {
            if (book.Find(reference) is not { } known) return new GatewayResolution.Absent();
            if (now < known.KnownFrom) return new GatewayResolution.NotYet(known.KnownFrom - now);
            return new GatewayResolution.Found(Standing(book, Expire(book, known, now)));
        });
    }

    private GatewayResolution CallOff(GatewayReference reference)
    {
        var now = _time.GetUtcNow();
        Ledger.Hold(book =>
        {
            if (book.Find(reference) is not { } known || Expire(book, known, now) is not { Current: GatewayOutcome.ActionRequired challenge } waiting) return false;
            Write(book, waiting with { Current = new GatewayOutcome.Canceled(challenge.Id) }, [new GatewayOutcome.Canceled(challenge.Id)], now);
            return true;
        });
        return Look(reference);
    }

    // Of an authorization that was captured or voided nothing is held any more.
    private static GatewayOutcome Standing(LedgerBook book, ReferenceState known) =>
        known.Current is GatewayOutcome.Authorized { Id: var id } && book.IsOver(id) ? new GatewayOutcome.Canceled(id) : known.Current;

    // A challenge or authorization ends at the gateway when its time is over, whether anybody asks or not; it shows when somebody does.
    private ReferenceState Expire(LedgerBook book, ReferenceState known, DateTimeOffset now)
    {
        var (id, until) = known.Current switch
        {
            GatewayOutcome.ActionRequired challenge => (challenge.Id, challenge.Until),
            GatewayOutcome.Authorized blocked when !book.IsOver(blocked.Id) => (blocked.Id, blocked.Until),
            _ => (default, null),
        };
        if (until is null || now < until) return known;
        var expired = known with { Current = new GatewayOutcome.Expired(id) };
        Write(book, expired, [expired.Current], now);
        return expired;
    }

    private GatewayOutcome Move(GatewayReference reference, Func<ReferenceState, GatewayOutcome> decide, bool newId = false)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var state = book.Find(reference) ?? throw NotThere(reference, "operation");
            var outcome = Possible(book, decide(state), state.Kind, state.Of, state.EndsAuthorization, times: 1, now);
            Write(book, state with { Current = outcome, Ids = newId ? state.Ids + 1 : state.Ids }, [outcome], now);
            return outcome;
        });
    }

    private void Notify(ReferenceState state, GatewayOutcome outcome)
    {
        if (outcome is GatewayOutcome.Unknown or GatewayOutcome.NotSent) return;
        lock (_news) _notifications.Add((state.KnownFrom, new(state.Tenant, state.Reference, outcome)));
    }

    private static Decline ChallengeFailed { get; } =
        new(DeclineKind.AuthenticationRequired, RetryAdvice.AfterAuthentication, "authentication_failed", "The payer did not pass the challenge.");

    private static InvalidOperationException NotThere(GatewayReference reference, string what) => new($"There is no {what} under {reference}.");
}
