namespace InvoicePayments;

/// <summary>Which table a probed row is in. The numbers stand in the statement.</summary>
internal enum ProbeKind : short
{
    /// <summary>An invoice.</summary>
    Invoice = 1,

    /// <summary>An operation.</summary>
    Operation = 2,

    /// <summary>A payment.</summary>
    Payment = 3,

    /// <summary>An account's credit.</summary>
    Credit = 4,

    /// <summary>A fact.</summary>
    Fact = 5,

    /// <summary>A fact of a credit.</summary>
    CreditFact = 6,
}

/// <summary>How a change set stands, by the rows that are there.</summary>
internal enum Standing
{
    /// <summary>It may still be stored.</summary>
    Open,

    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>Somebody else was first.</summary>
    Lost,

    /// <summary>Its rows have moved on since; whether it was stored before that cannot be seen.</summary>
    Hidden,
}

/// <summary>Looks at the rows that change sets want to write, and tells how each set stands.</summary>
internal sealed class Probe(WriteSql sql)
{
    private readonly ProbeColumns _columns = new(sql.Probe);
    private readonly List<(int Call, ProbeKind Kind, long Version)> _rows = [];
    private readonly Dictionary<long, (long Version, Guid Commit)> _found = [];

    internal async Task<Standing[]> AskAsync(LaneSession session, IReadOnlyList<PendingCommit> calls)
    {
        _columns.Clear();
        _rows.Clear();
        _found.Clear();
        for (var i = 0; i < calls.Count; i++) Add(i, calls[i].Changes);
        if (_rows.Count > 0)
        {
            var commands = new List<Npgsql.NpgsqlBatchCommand>(1);
            _columns.AddTo(commands);
            var reader = await session.RunAsync(commands).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync().ConfigureAwait(false)) _found[reader.GetInt64(0)] = (reader.GetInt64(1), reader.GetGuid(2));
            }
        }

        var standings = new Standing[calls.Count];
        for (var i = 0; i < _rows.Count; i++)
        {
            var call = calls[_rows[i].Call];
            standings[_rows[i].Call] = Worse(standings[_rows[i].Call], StandingOf(_rows[i].Kind, _rows[i].Version, _found.GetValueOrDefault(i + 1L), call));
        }

        return standings;
    }

    // A row of ours proves that all of ours are there. A fact that is not there proves that none is, whatever became of the other rows.
    private static Standing Worse(Standing one, Standing other) =>
        one == Standing.Stored || other == Standing.Stored ? Standing.Stored
        : one == Standing.Lost || other == Standing.Lost ? Standing.Lost
        : one == Standing.Hidden || other == Standing.Hidden ? Standing.Hidden
        : Standing.Open;

    private static Standing StandingOf(ProbeKind kind, long version, (long Version, Guid Commit) found, PendingCommit call)
    {
        if (found.Commit == call.Id) return Standing.Stored;
        if (kind is ProbeKind.Fact or ProbeKind.CreditFact) return found.Version == 0 ? Standing.Open : Standing.Lost;
        if (found.Version == version - 1) return Standing.Open;

        // Moved on, without any fact that could tell by whom: if it was never sent in vain, it was somebody else.
        return found.Version > version && call.MayBeStored && call.Changes.Facts.Count + call.Changes.CreditFacts.Count == 0 ? Standing.Hidden : Standing.Lost;
    }

    private void Add(int call, ChangeSet changes)
    {
        var tenant = changes.Tenant.Value;
        foreach (var row in changes.Invoices) Add(call, ProbeKind.Invoice, new(tenant, row.Id.Value), row.Version);
        foreach (var row in changes.Operations) Add(call, ProbeKind.Operation, new(tenant, row.Operation.Id.Value), row.Operation.Version);
        foreach (var row in changes.Payments) Add(call, ProbeKind.Payment, new(tenant, row.Id.Value), row.Version);
        foreach (var row in changes.Credits) Add(call, ProbeKind.Credit, new(tenant, row.Account.Value, row.Currency.Code), row.Version);
        foreach (var row in changes.Facts) Add(call, ProbeKind.Fact, new(tenant, row.Invoice.Value, "", row.Sequence), 0);
        foreach (var row in changes.CreditFacts) Add(call, ProbeKind.CreditFact, new(tenant, row.Account.Value, row.Currency.Code, row.Sequence), 0);
    }

    private void Add(int call, ProbeKind kind, RowKey key, long version)
    {
        _columns.Add(kind, key);
        _rows.Add((call, kind, version));
    }
}
