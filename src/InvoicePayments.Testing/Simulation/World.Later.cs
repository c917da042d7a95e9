namespace InvoicePayments;

/// <content>What the gateway says by itself, what payers do, and how everything comes to rest.</content>
internal sealed partial class World
{
    private static readonly TimeSpan[] Thinking = [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(14)];
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

    private void Deliver(GatewayNotification news)
    {
        var outcome = new RecordOutcome { Tenant = news.Tenant, Operation = new(news.Reference.Value), Gateway = Workload.Gateway, Outcome = news.Outcome };
        var client = new Client(
            this, $"webhook {Story.Short(news.Reference)} {Story.Word(news.Outcome)}", async s => await s.RecordOutcomeAsync(outcome).ConfigureAwait(false),
            news.Tenant, operation: null, insists: true);
        Queue.Add(Faults.NewsDelay(), null, client.Ask);
    }

    private void Follow(GatewayNotification news)
    {
        if (news.Outcome is GatewayOutcome.ActionRequired challenge) Queue.Add(Faults.OneOf(Thinking), null, () => Challenge(news.Reference, challenge));
        if (news.Outcome is GatewayOutcome.Processing) Queue.Add(Faults.OneOf(Deciding), null, () => Happen(() => Scripted.Settle(news.Reference, Tape.Next(3) < 2)));
    }

    private void Challenge(GatewayReference reference, GatewayOutcome.ActionRequired challenge)
    {
        var choice = Tape.Next(3);
        Story?.Tell("payer", $"{(choice == 0 ? "passes" : choice == 1 ? "fails" : "gives up")} the challenge of {Story.Short(reference)}");
        Happen(() => choice == 2 || challenge.Until <= new DateTimeOffset(Queue.Now, TimeSpan.Zero)
            ? Scripted.AbandonChallenge(reference)
            : Scripted.CompleteChallenge(reference, choice == 0));
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
