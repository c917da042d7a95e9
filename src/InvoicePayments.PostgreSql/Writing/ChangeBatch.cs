using Npgsql;

namespace InvoicePayments;

/// <summary>The change sets of one transaction, table by table. Kept by its lane from batch to batch.</summary>
internal sealed class ChangeBatch(WriteSql sql)
{
    // More than a batch has parts, and the largest version times this is far from the end of a bigint.
    private const long NumbersPerVersion = 1 << 20;

    private readonly MergedRows<Invoice> _invoices = new();
    private readonly MergedRows<PaymentOperation> _operations = new();
    private readonly MergedRows<Payment> _payments = new();
    private readonly MergedRows<AccountCredit> _credits = new();
    private readonly MergedRows<InvoiceEvent> _facts = new();
    private readonly MergedRows<CreditEvent> _creditFacts = new();
    private readonly InvoiceColumns _newInvoices = new(sql.NewInvoices), _nextInvoices = new(sql.NextInvoices);
    private readonly OperationColumns _newOperations = new(sql.NewOperations), _nextOperations = new(sql.NextOperations);
    private readonly PaymentColumns _newPayments = new(sql.NewPayments), _nextPayments = new(sql.NextPayments);
    private readonly CreditColumns _newCredits = new(sql.NewCredits), _nextCredits = new(sql.NextCredits);
    private readonly UnnumberedPartColumns _unnumberedParts = new(sql.UnnumberedParts);
    private readonly NumberedPartColumns _numberedParts = new(sql.NumberedParts), _openParts = new(sql.OpenParts);
    private readonly PartColumns _closed = new(sql.Closed);
    private readonly FactColumns _factRows = new(sql.Facts);
    private readonly CreditFactColumns _creditFactRows = new(sql.CreditFacts);
    private readonly ToldColumns _told = new(sql.Told), _toldAgain = new(sql.ToldAgain);
    private readonly ParkedColumns _parked = new(sql.Parked);

    private IEnumerable<Columns> InOrder =>
    [
        _newInvoices, _nextInvoices, _newCredits, _nextCredits, _newOperations, _nextOperations, _numberedParts, _openParts, _unnumberedParts, _closed,
        _newPayments, _nextPayments, _factRows, _creditFactRows, _told, _toldAgain, _parked,
    ];

    /// <summary>
    /// Takes the change sets of a call in, if the first can be stored together with what is here: no row of it is written already, or each such row
    /// is the next version; and of the others as many as follow. False, and nothing taken, if the first competes with somebody.
    /// </summary>
    internal bool TryAdd(PendingCommit call)
    {
        for (var (place, at) = (0, 0); place < call.Wanted; place++)
        {
            var (changes, isFirst) = (call.Sets[place], place == 0);
            if (!MayFollow(call, changes))
            {
                if (isFirst) return false;
                call.Want(place);
                break;
            }

            // What does not hold is for the database to refuse, and that it cannot do with a row that a later one overwrites before it is sent.
            if (!ChangeSets.Hold(changes)) call.Want(isFirst ? 1 : place);
            if (place < call.Wanted) Add(call, place, ref at);
        }

        return true;
    }

    /// <summary>The statements for what was taken in.</summary>
    /// <param name="tellAnew">Whether the outbox may have forgotten streams that were told of before.</param>
    internal List<NpgsqlBatchCommand> Commands(bool tellAnew)
    {
        // An invoice's operations are numbered as they came.
        foreach (var row in _operations.AsTheyCame) AddParts(row);
        foreach (var row in _invoices.InOrder()) (row.Base == 0 ? _newInvoices : _nextInvoices).Add(row);
        foreach (var row in _credits.InOrder()) (row.Base == 0 ? _newCredits : _nextCredits).Add(row);
        foreach (var row in _operations.InOrder()) (row.Base == 0 ? _newOperations : _nextOperations).Add(row);
        foreach (var row in _payments.InOrder()) (row.Base == 0 ? _newPayments : _nextPayments).Add(row);
        foreach (var row in _creditFacts.InOrder())
        {
            _creditFactRows.Add(row);
            Tell(row.Key, OutboxStream.Of(row.Record), row.Record.At, tellAnew);
        }

        foreach (var row in _facts.InOrder())
        {
            _factRows.Add(row);
            Tell(row.Key, OutboxStream.Of(row.Record), row.Record.At, tellAnew);
        }

        var commands = new List<NpgsqlBatchCommand>(8);
        foreach (var table in InOrder) table.AddTo(commands);
        return commands;
    }

    internal void Clear()
    {
        _invoices.Clear();
        _operations.Clear();
        _payments.Clear();
        _credits.Clear();
        _facts.Clear();
        _creditFacts.Clear();
        foreach (var table in InOrder) table.Clear();
    }

    // A stream with its first fact and later ones in one batch is one row, a new one.
    private void Tell(RowKey fact, OutboxStream stream, DateTimeOffset at, bool tellAnew)
    {
        var isNew = tellAnew || fact.Number == 1 || _told.IsLast(fact.Tenant, stream);
        (isNew ? _told : _toldAgain).Add(fact.Tenant, stream, fact.Number, at);
    }

    private bool MayFollow(PendingCommit call, ChangeSet changes)
    {
        var tenant = changes.Tenant.Value;
        foreach (var row in changes.Invoices) if (!_invoices.MayFollow(call, new(tenant, row.Id.Value), row.Version)) return false;
        foreach (var row in changes.Operations) if (!_operations.MayFollow(call, new(tenant, row.Operation.Id.Value), row.Operation.Version)) return false;
        foreach (var row in changes.Payments) if (!_payments.MayFollow(call, new(tenant, row.Id.Value), row.Version)) return false;
        foreach (var row in changes.Credits) if (!_credits.MayFollow(call, new(tenant, row.Account.Value, row.Currency.Code), row.Version)) return false;
        foreach (var row in changes.Facts) if (!_facts.MayFollow(call, new(tenant, row.Invoice.Value, "", row.Sequence), 1)) return false;
        foreach (var row in changes.CreditFacts) if (!_creditFacts.MayFollow(call, new(tenant, row.Account.Value, row.Currency.Code, row.Sequence), 1)) return false;
        return !ChangeSets.NamesARowTwice(changes);
    }

    // Bodies are asked for in the order in which they were written.
    private void Add(PendingCommit call, int place, ref int at)
    {
        var (changes, id) = (call.Sets[place], call.Id.At(place));
        var tenant = changes.Tenant.Value;
        foreach (var row in changes.Invoices) _invoices.Put(new(tenant, row.Id.Value), row, row.Version, call.Body(ref at), id);
        foreach (var row in changes.Operations)
        {
            var body = call.Body(ref at);
            _operations.Put(new(tenant, row.Operation.Id.Value), row.Operation, row.Operation.Version, body, id, call.Body(ref at));
        }

        foreach (var row in changes.Payments) _payments.Put(new(tenant, row.Id.Value), row, row.Version, call.Body(ref at), id);
        foreach (var row in changes.Facts) _facts.Put(new(tenant, row.Invoice.Value, "", row.Sequence), row, 1, call.Body(ref at), id);
        foreach (var row in changes.Credits) _credits.Put(new(tenant, row.Account.Value, row.Currency.Code), row, row.Version, call.Body(ref at), id);
        foreach (var row in changes.CreditFacts)
            _creditFacts.Put(new(tenant, row.Account.Value, row.Currency.Code, row.Sequence), row, 1, call.Body(ref at), id);
        foreach (var row in changes.Parked) _parked.Add(row, call.Body(ref at));
    }

    private void AddParts(in MergedRow<PaymentOperation> row)
    {
        var operation = row.Record;
        if (row.Base > 0 && !operation.IsFinal) return;
        foreach (var document in operation.Allocation.Documents.Distinct())
        {
            if (row.Base > 0) _closed.Add(operation, document);
            else if (_invoices.VersionOf(new(operation.Tenant.Value, document.Value)) is { } version) AddPart(operation, document, version);
            else _unnumberedParts.Add(operation, document, !operation.IsFinal);
        }
    }

    // Every version of an invoice is written once, so what it begins with is greater than any number before, and no other batch gives it.
    private void AddPart(PaymentOperation operation, InvoiceId document, long version)
    {
        var position = (version * NumbersPerVersion) + _numberedParts.Count;
        _numberedParts.Add(operation, document, position);
        if (!operation.IsFinal) _openParts.Add(operation, document, position);
    }
}
