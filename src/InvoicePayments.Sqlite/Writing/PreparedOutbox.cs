namespace InvoicePayments;

/// <summary>Takes what is due in the outbox.</summary>
internal sealed class PreparedClaim(DateTimeOffset now, DateTimeOffset until, int limit) : IPreparedWrite
{
    /// <summary>What was taken, once it is written.</summary>
    internal IReadOnlyList<OutboxClaim> Claims { get; private set; } = [];

    public bool Write(SqliteSession session)
    {
        Claims = session.Query(
            Sql.Outbox.Due,
            static r => new OutboxClaim(new(r.GetString(0)), OutboxStream.Parse(r.GetString(1)), r.GetInt64(2), r.GetInt32(3), r.GetInt64(4)),
            ("$now", now.UtcTicks), ("$limit", limit));
        if (Claims.Count > 0) session.Execute(Sql.Outbox.Claim, ("$now", now.UtcTicks), ("$until", until.UtcTicks), ("$limit", limit));
        return true;
    }
}

/// <summary>How far a delivery came.</summary>
internal sealed class PreparedProgress(OutboxClaim claim, OutboxProgress progress) : IPreparedWrite
{
    public bool Write(SqliteSession session) => 1 == session.Execute(
        Sql.Outbox.Settle,
        ("$tenant", claim.Tenant.Value),
        ("$stream", claim.Stream.Key),
        ("$fence", claim.Fence),
        ("$delivered", progress.Delivered),
        ("$failures", progress.Failures),
        ("$next_at", progress.NextAt?.UtcTicks),
        ("$is_dead", progress.NextAt is null),
        ("$error", progress.Error));
}

/// <summary>A dead letter that an operator has let go.</summary>
internal sealed class PreparedRelease(TenantId tenant, OutboxStream stream, DateTimeOffset now) : IPreparedWrite
{
    public bool Write(SqliteSession session) =>
        1 == session.Execute(Sql.Outbox.Release, ("$tenant", tenant.Value), ("$stream", stream.Key), ("$now", now.UtcTicks));
}

/// <summary>Forgets streams that have had nothing to deliver for long.</summary>
internal sealed class PreparedPurge(DateTimeOffset idleSince, int limit) : IPreparedWrite
{
    /// <summary>How many were forgotten, once it is written.</summary>
    internal int Count { get; private set; }

    public bool Write(SqliteSession session)
    {
        Count = session.Execute(Sql.Outbox.Purge, ("$before", idleSince.UtcTicks), ("$limit", limit));
        return true;
    }
}
