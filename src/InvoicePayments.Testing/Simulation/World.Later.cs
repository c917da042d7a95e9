namespace InvoicePayments;

/// <content>What the gateway says by itself, what payers do, and how everything comes to rest.</content>
internal sealed partial class World
{
    private static readonly TimeSpan[] Thinking = [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(14)];
    private static readonly TimeSpan[] Visiting = [TimeSpan.FromMinutes(5), TimeSpan.FromHours(3), TimeSpan.FromHours(24) - TimeSpan.FromSeconds(30), TimeSpan.FromHours(25)];
    private static readonly TimeSpan[] Deciding = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(3), TimeSpan.FromHours(2)];

    private static readonly TimeSpan[] Rounds =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(8), TimeSpan.FromHours(26),
    ];

    /// <summary>Takes what the gateway would notify, and lets webhooks and payers follow.</summary>
    internal void HearTheNews()
    {
        foreach (var news in Scripted.DrainNotifications())
        {
            Follow(news);
            if (!_plan.Webhooks) continue;

            // Of a second movement that nobody asked for only its news can tell; everything else can be asked for.
            if (!Books.IsDoubledByGateway(news.Reference) && Faults.Strikes(SimulatedFault.NewsLost, 150)) continue;
            Deliver(news);
            if (Faults.Strikes(SimulatedFault.NewsTwice, 150)) Deliver(news);
            if (Faults.Strikes(SimulatedFault.NewsUnknown, 50)) Deliver(news with { Reference = new("0" + news.Reference.Value[1..]) });
        }
    }

    // Of a second movement only its news tells, so that one is told in full.
    private void Deliver(GatewayNotification news)
    {
        var isBare = !Books.IsDoubledByGateway(news.Reference) && Faults.IsBareNews();
        GatewayNews letter = isBare ? new GatewayNews.AskAgain(news.Tenant, news.Reference) : new GatewayNews.Outcome(news.Tenant, news.Reference, news.Outcome);
        Send(letter, news.Tenant, $"webhook {Story.Short(news.Reference)} {(isBare ? "has news" : Story.Word(news.Outcome))}");
    }

    private void Follow(GatewayNotification news)
    {
        if (news.Outcome is GatewayOutcome.ActionRequired { Action: PendingAction.PaymentLink })
        {
            if (_plan.PayersCome) Queue.Add(Faults.OneOf(Visiting), null, () => Visit(news.Reference));
        }
        else if (news.Outcome is GatewayOutcome.ActionRequired challenge) Queue.Add(Faults.OneOf(Thinking), null, () => Challenge(news.Reference, challenge));
        if (news.Outcome is GatewayOutcome.Processing) Queue.Add(Faults.OneOf(Deciding), null, () => Happen(() => Scripted.Settle(news.Reference, Tape.Next(3) < 2)));
    }

    private void Challenge(GatewayReference reference, GatewayOutcome.ActionRequired challenge)
    {
        var choice = Tape.Next(3);
        Story?.Tell("payer", $"{(choice == 0 ? "passes" : choice == 1 ? "fails" : "gives up")} the challenge of {Story.Short(reference)}");
        if (choice == 2 && challenge.Until is null) return;
        Happen(() => choice == 2 || challenge.Until <= new DateTimeOffset(Queue.Now, TimeSpan.Zero)
            ? Scripted.AbandonChallenge(reference)
            : Scripted.CompleteChallenge(reference, choice == 0));
    }

    // A payer who has the page open twice may pay twice, and the gateway lets him.
    internal void Visit(GatewayReference reference)
    {
        if (Scripted.Ledger.Hold(book => book.Find(reference))?.Current is not GatewayOutcome.ActionRequired { Until: var end }) return;
        var choice = end <= new DateTimeOffset(Queue.Now, TimeSpan.Zero) ? 2 : Tape.Next(3);
        var isTwice = choice == 0 && Faults.Strikes(SimulatedFault.MovesTwice, 300);
        Story?.Tell("payer", $"{(choice == 0 ? isTwice ? "pays twice" : "pays" : choice == 1 ? "is declined" : "never pays")} on the link of {Story.Short(reference)}");
        if (choice == 2) return;
        if (isTwice) Books.DoubledByGateway(reference);
        Happen(() => Scripted.CompleteChallenge(reference, choice == 0));
        if (isTwice) Happen(() => Scripted.MoveAgain(reference));
    }

    // What was asked twice of a gateway without memory may be decided already: then there is nothing to decide.
    private void Happen(Func<GatewayOutcome> decide)
    {
        try
        {
            decide();
        }
        catch (InvalidOperationException)
        {
            return;
        }

        HearTheNews();
    }

    /// <summary>Faults stop. Hosts come back, recovery runs now and then, and within days of virtual time everything has to be at rest.</summary>
    private void Settle()
    {
        Story?.Tell("world", "faults stop");
        Faults.AreOver = true;
        foreach (var host in _hosts.Where(h => !h.IsAlive)) host.Start();
        Drain();
        for (var round = 0; round < 3 * Rounds.Length && Broken is null; round++)
        {
            if (!Books.Operations.Any(Books.IsUnsettled) && !Books.HasUndelivered && round > 0 && !HasRecallable() && !ReadStatements()) return;
            Queue.Advance(Rounds[Math.Min(round, Rounds.Length - 1)]);
            Story?.TellRound();
            new Client(this, Story.Recovery, async s => await s.RecoverAsync(1_000).ConfigureAwait(false), TenantId.Default, null, insists: false).Ask();
            Drain();
            if (!Books.HasUndelivered || Broken is not null) continue;
            foreach (var tenant in Invoices.Select(i => i.Tenant).Distinct())
                new Client(this, Story.Release, async s => await ReleaseAsync(s, tenant).ConfigureAwait(false), tenant, null, insists: false).Ask();
            Drain();
            new Client(this, Story.Delivery, async s => await s.DispatchAsync(1_000).ConfigureAwait(false), TenantId.Default, null, insists: false).Ask();
            Drain();
        }
    }

    private void Drain()
    {
        for (var steps = 0; Broken is null && steps < 100_000; steps++)
        {
            var ready = Queue.Ready();
            if (ready.Count == 0) return;
            Queue.Take(ready[0]);
        }

        if (Broken is null) Break(Invariant.Settles, "It never came to rest: something happens for ever.");
    }
}
