namespace InvoicePayments;

/// <summary>
/// Invoices and credits as the writer's connection read or wrote them last, so that whoever is paid again and again is not read again and again. It is what
/// the file holds: nothing comes in before it is committed, and everything goes as soon as anybody else has written.
/// </summary>
internal sealed class RowMemory
{
    private const int Most = 2_048;

    private readonly Dictionary<(TenantId, InvoiceId), Invoice> _invoices = [];
    private readonly Dictionary<(TenantId, CreditAddress), AccountCredit?> _credits = [];
    private readonly HashSet<(TenantId, InvoiceId)> _withoutOpenOperations = [];
    private bool? _isNothingParked;
    private long _dataVersion;

    /// <summary>Forgets everything unless the number that SQLite changes with every commit of another connection is still the same.</summary>
    internal void Require(long dataVersion)
    {
        if (dataVersion == _dataVersion) return;
        _dataVersion = dataVersion;
        _invoices.Clear();
        _credits.Clear();
        _withoutOpenOperations.Clear();
        _isNothingParked = null;
    }

    /// <summary>Whether no outcome is kept at all, as it mostly is.</summary>
    internal bool IsNothingParked(SqliteSession session) => _isNothingParked ??= session.Number(Sql.Load.AnyParked) == 0;

    internal Invoice? Find(TenantId tenant, InvoiceId id) => _invoices.GetValueOrDefault((tenant, id));

    /// <summary>Whether it is known; null is known as well.</summary>
    internal bool TryFind(TenantId tenant, CreditAddress address, out AccountCredit? credit) => _credits.TryGetValue((tenant, address), out credit);

    internal bool HasNoOpenOperations(TenantId tenant, InvoiceId id) => _withoutOpenOperations.Contains((tenant, id));

    /// <summary>Remembers an invoice that was read from its body, so that nobody else can change what it refers to.</summary>
    internal void Read(TenantId tenant, InvoiceId id, Invoice invoice)
    {
        if (_invoices.Count >= Most) _invoices.Clear();
        _invoices[(tenant, id)] = invoice;
    }

    internal void Read(TenantId tenant, CreditAddress address, AccountCredit? credit)
    {
        if (_credits.Count >= Most) _credits.Clear();
        _credits[(tenant, address)] = credit;
    }

    internal void ReadNoOpenOperations(TenantId tenant, InvoiceId id)
    {
        if (_withoutOpenOperations.Count >= Most) _withoutOpenOperations.Clear();
        _withoutOpenOperations.Add((tenant, id));
    }

    /// <summary>What is committed now.</summary>
    internal void Wrote(ChangeSet changes)
    {
        foreach (var invoice in changes.Invoices) Wrote(invoice);
        foreach (var credit in changes.Credits) Read(credit.Tenant, new(credit.Account, credit.Currency), credit);
        if (changes.Parked.Count > 0) _isNothingParked = null;
        foreach (var (operation, _) in changes.Operations)
        {
            if (operation.IsFinal) continue;
            foreach (var document in operation.Allocation.Documents) _withoutOpenOperations.Remove((operation.Tenant, document));
        }
    }

    // Details may hold collections of the host, which it may change afterwards: only those that were read from a body are ours.
    private void Wrote(Invoice invoice)
    {
        var key = (invoice.Tenant, invoice.Id);
        if (!_invoices.TryGetValue(key, out var known)) return;
        if (ReferenceEquals(known.Details, invoice.Details)) _invoices[key] = invoice;
        else _invoices.Remove(key);
    }
}
