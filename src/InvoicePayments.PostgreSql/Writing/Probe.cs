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

/// <summary>Looks at the rows that change sets want to write, and tells how each call stands.</summary>
internal sealed class Probe(WriteSql sql)
{
    private readonly ProbeColumns _columns = new(sql.Probe);
    private readonly List<(int Call, int Place, ProbeKind Kind, long Version)> _rows = [];
    private readonly Dictionary<long, (long Version, Guid Commit)> _found = [];
    private readonly HashSet<(ProbeKind, RowKey)> _seen = [];

    internal async Task<Standing[]> AskAsync(LaneSession session, IReadOnlyList<PendingCommit> calls)
    {
        _columns.Clear();
        _rows.Clear();
        _found.Clear();
        for (var i = 0; i < calls.Count; i++) Add(i, calls[i]);
        if (_rows.Count > 0) await FindAsync(session).ConfigureAwait(false);

        var standings = new Standing[calls.Count];
        for (var i = 0; i < calls.Count; i++) standings[i] = new(calls[i]);
        for (var i = 0; i < _rows.Count; i++)
        {
            var (call, place, kind, version) = _rows[i];
            standings[call].See(place, kind, version, _found.GetValueOrDefault(i + 1L));
        }

        return standings;
    }

    private async Task FindAsync(LaneSession session)
    {
        var commands = new List<Npgsql.NpgsqlBatchCommand>(1);
        _columns.AddTo(commands);
        var reader = await session.RunAsync(commands).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync().ConfigureAwait(false)) _found[reader.GetInt64(0)] = (reader.GetInt64(1), reader.GetGuid(2));
        }
    }

    // Of several change sets in a row the first that writes a row says what has to be there before.
    private void Add(int call, PendingCommit pending)
    {
        _seen.Clear();
        for (var place = 0; place < pending.Sets.Count; place++)
        {
            var changes = pending.Sets[place];
            var tenant = changes.Tenant.Value;
            foreach (var row in changes.Invoices) Add(call, place, ProbeKind.Invoice, new(tenant, row.Id.Value), row.Version);
            foreach (var row in changes.Operations) Add(call, place, ProbeKind.Operation, new(tenant, row.Operation.Id.Value), row.Operation.Version);
            foreach (var row in changes.Payments) Add(call, place, ProbeKind.Payment, new(tenant, row.Id.Value), row.Version);
            foreach (var row in changes.Credits) Add(call, place, ProbeKind.Credit, new(tenant, row.Account.Value, row.Currency.Code), row.Version);
            foreach (var row in changes.Facts) Add(call, place, ProbeKind.Fact, new(tenant, row.Invoice.Value, "", row.Sequence), 0);
            foreach (var row in changes.CreditFacts) Add(call, place, ProbeKind.CreditFact, new(tenant, row.Account.Value, row.Currency.Code, row.Sequence), 0);
        }
    }

    private void Add(int call, int place, ProbeKind kind, RowKey key, long version)
    {
        if (!_seen.Add((kind, key))) return;
        _columns.Add(kind, key);
        _rows.Add((call, place, kind, version));
    }
}
