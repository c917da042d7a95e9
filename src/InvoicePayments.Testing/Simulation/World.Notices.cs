namespace InvoicePayments;

/// <content>What the gateway tells of payments long after they succeeded, and the operator who compares the books with its statement.</content>
internal sealed partial class World
{
    private readonly HashSet<TenantId> _toCompare = [];

    /// <summary>Takes what the gateway would tell of disputes and returned debits, and lets webhooks follow.</summary>
    internal void HearNotices()
    {
        foreach (var told in Scripted.DrainNotices())
        {
            // What is lost only the statement tells, and a store without a list of movements cannot be held to one.
            if (Movements is not null && Faults.Strikes(SimulatedFault.NewsLost, 150))
            {
                Books.Lost(told.Payment, told.Notice);
                if (told.Notice is GatewayNotice.DisputeLost or GatewayNotice.DebitReturned or GatewayNotice.RefundedElsewhere) _toCompare.Add(told.Tenant);
                continue;
            }

            Deliver(told);
            if (Faults.Strikes(SimulatedFault.NewsTwice, 150)) Deliver(told);
            if (Faults.Strikes(SimulatedFault.NewsUnknown, 50)) Deliver(told with { Payment = new("0" + told.Payment.Value) });
        }
    }

    private void Deliver(ScriptedNotice told)
    {
        var letter = new GatewayNews.Notice(told.Tenant, told.Payment, told.Notice);
        Send(letter, told.Tenant, $"webhook {told.Payment.Value[..9]}… {Story.Word(told.Notice)}");
    }

    /// <summary>An operator who compares a tenant's books with the gateway's statement, and applies whatever is proposed.</summary>
    internal Client Comparing(TenantId tenant, bool insists = false) => new(
        this, $"compare {tenant} with the statement, and mend it",
        async service =>
        {
            var statement = new GatewayStatement { Tenant = tenant, Gateway = Workload.Gateway, Lines = LinesOf(tenant) };
            var found = new List<StatementMismatch>();
            await foreach (var mismatch in service.CompareAsync(statement).ConfigureAwait(false)) found.Add(mismatch);
            foreach (var mismatch in found.Where(m => m.Proposed is not null)) await mismatch.ApplyAsync().ConfigureAwait(false);
            return found;
        },
        tenant, operation: null, insists);

    /// <summary>Whether news is kept of a payment that is known by now: recovery will take it in.</summary>
    private bool HasRecallable() => ParkedOutcomes is not null && Now(ParkedOutcomes.ListDueParkedAsync(new DateTimeOffset(Queue.Now, TimeSpan.Zero).AddYears(1), 100, CancellationToken.None))
        .Any(kept => kept.Notice is not null && Books.TakerOf(kept.Tenant, kept.GatewayPaymentId!.Value) is not null);

    private async IAsyncEnumerable<GatewayStatementLine> LinesOf(TenantId tenant)
    {
        foreach (var line in Scripted.StatementOf(tenant: tenant)) yield return line;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>What a lost webhook would have told of money only the statement still tells: somebody reads it. Whether there was anything to read.</summary>
    private bool ReadStatements()
    {
        if (_toCompare.Count == 0 || Movements is null) return false;
        foreach (var tenant in _toCompare) Comparing(tenant, insists: true).Ask();
        _toCompare.Clear();
        Drain();
        return true;
    }
}
