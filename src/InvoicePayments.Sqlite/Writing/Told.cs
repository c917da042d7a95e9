namespace InvoicePayments;

/// <summary>Which streams of the outbox have new facts: from which number to which, and since when.</summary>
internal sealed class Told
{
    private readonly List<(string Stream, long First, long Last, DateTimeOffset At)> _streams = new(1);

    internal void Add(ChangeSet changes)
    {
        for (var i = 0; i < changes.Facts.Count; i++) Add(OutboxStream.Of(changes.Facts[i]), changes.Facts[i].Sequence, changes.Facts[i].At);
        for (var i = 0; i < changes.CreditFacts.Count; i++) Add(OutboxStream.Of(changes.CreditFacts[i]), changes.CreditFacts[i].Sequence, changes.CreditFacts[i].At);
    }

    internal void Write(SqliteSession session, string tenant)
    {
        foreach (var (stream, first, last, at) in _streams)
        {
            if (session.Execute(Sql.Outbox.TellMore, ("$last", last), ("$tenant", tenant), ("$stream", stream)) == 1) continue;
            session.Execute(Sql.Outbox.Tell, ("$tenant", tenant), ("$stream", stream), ("$first", first), ("$last", last), ("$at", at.UtcTicks));
        }
    }

    private void Add(OutboxStream of, long sequence, DateTimeOffset at)
    {
        var key = of.Key;
        var index = _streams.FindIndex(s => s.Stream == key);
        if (index < 0) _streams.Add((key, sequence, sequence, at));
        else _streams[index] = (key, Math.Min(_streams[index].First, sequence), Math.Max(_streams[index].Last, sequence), _streams[index].At);
    }
}
