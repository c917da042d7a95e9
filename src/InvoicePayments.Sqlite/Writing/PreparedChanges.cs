using System.Text.Json;

namespace InvoicePayments;

/// <summary>
/// A change set with its bodies already written as JSON, on the caller's thread: what cannot be written fails before the lane, and
/// the lane does nothing but SQL. Columns and body come from the same record here and nowhere else.
/// </summary>
internal sealed class PreparedChanges : IPreparedWrite
{
    private readonly ChangeSet _changes;
    private readonly string _tenant;
    private readonly byte[]?[] _invoices;
    private readonly (byte[] Body, byte[]? Command)[] _operations;
    private readonly byte[][] _payments;
    private readonly byte[][] _facts;
    private readonly byte[][] _credits;
    private readonly byte[][] _creditFacts;
    private readonly byte[][] _parked;

    /// <summary>Prepares a change set.</summary>
    /// <param name="changes">What is to be stored.</param>
    /// <param name="isLast">Whether an invoice is as this one leaves it, in the end; otherwise its body is written only when it comes to that after all.</param>
    internal PreparedChanges(ChangeSet changes, Func<Invoice, bool>? isLast = null)
    {
        ArgumentNullException.ThrowIfNull(changes);
        RequireOneTenant(changes);
        _changes = changes;
        _tenant = changes.Tenant.Value;
        _invoices = Each(changes.Invoices, i => isLast is null || isLast(i) ? BodyOf(i) : null);
        _operations = Each(changes.Operations, Bodies);
        _payments = Each(changes.Payments, static p => JsonSerializer.SerializeToUtf8Bytes(p, StoreJson.Default.Payment));
        _facts = Each(changes.Facts, static f => JsonSerializer.SerializeToUtf8Bytes(f, StoreJson.Default.InvoiceEvent));
        _credits = Each(changes.Credits, static c => JsonSerializer.SerializeToUtf8Bytes(c, StoreJson.Default.AccountCredit));
        _creditFacts = Each(changes.CreditFacts, static f => JsonSerializer.SerializeToUtf8Bytes(f, StoreJson.Default.CreditEvent));
        _parked = Each(changes.Parked, static p => JsonSerializer.SerializeToUtf8Bytes(p, StoreJson.Default.ParkedOutcome));
    }

    internal ChangeSet Changes => _changes;

    public bool Write(SqliteSession session)
    {
        for (var i = 0; i < _invoices.Length; i++) if (!WriteInvoice(session, i, _changes.Invoices[i].Version - 1)) return false;
        if (!WriteAllButInvoices(session)) return false;
        var told = new Told();
        told.Add(_changes);
        told.Write(session, _tenant);
        return true;
    }

    public void Remember(RowMemory memory) => memory.Wrote(_changes);

    /// <summary>Writes everything but the invoices and what the outbox knows of them.</summary>
    internal bool WriteAllButInvoices(SqliteSession session)
    {
        for (var i = 0; i < _operations.Length; i++) if (!WriteOperation(session, _changes.Operations[i].Operation, _operations[i])) return false;
        for (var i = 0; i < _payments.Length; i++) if (!WritePayment(session, _changes.Payments[i], _payments[i])) return false;
        for (var i = 0; i < _credits.Length; i++) if (!WriteCredit(session, _changes.Credits[i], _credits[i])) return false;
        for (var i = 0; i < _creditFacts.Length; i++) WriteCreditFact(session, _changes.CreditFacts[i], _creditFacts[i]);
        for (var i = 0; i < _facts.Length; i++) WriteFact(session, _changes.Facts[i], _facts[i]);
        for (var i = 0; i < _parked.Length; i++) WriteParked(session, _changes.Parked[i], _parked[i]);
        return true;
    }

    /// <summary>Writes an invoice over the version that is stored; false when it is another one.</summary>
    internal bool WriteInvoice(SqliteSession session, int index, long over) => WriteInvoice(session, _changes.Invoices[index], _invoices[index] ??= BodyOf(_changes.Invoices[index]), over);

    private bool WriteInvoice(SqliteSession session, Invoice invoice, byte[] body, long over) => 1 == session.Execute(
        over == 0 ? Sql.Write.NewInvoice : Sql.Write.NextInvoice,
        ("$tenant", _tenant),
        ("$over", over),
        ("$id", invoice.Id.Value),
        ("$version", invoice.Version),
        ("$account", invoice.Account.Value),
        ("$currency", invoice.Total.Currency.Code),
        ("$total", invoice.Total.MinorUnits),
        ("$document", invoice.Document.ToString()),
        ("$received", invoice.Sums.Received),
        ("$reserved", invoice.Sums.Reserved),
        ("$refunded", invoice.Sums.Refunded),
        ("$reopened", invoice.Sums.Reopened),
        ("$unreserved", invoice.Sums.Unreserved),
        ("$taken", invoice.Sums.Taken),
        ("$due_at", invoice.DueAt?.UtcTicks),
        ("$default_method", invoice.Details.DefaultPaymentMethod?.Value),
        ("$collect_at", invoice.CollectAt?.UtcTicks),
        ("$attempt", invoice.Dunning.Attempt),
        ("$fact_count", invoice.FactCount),
        ("$body", body));

    private bool WriteOperation(SqliteSession session, PaymentOperation operation, (byte[] Body, byte[]? Command) texts)
    {
        var written = session.Execute(
            operation.Version == 1 ? Sql.Write.NewOperation : Sql.Write.NextOperation,
            ("$tenant", _tenant),
            ("$id", operation.Id.Value),
            ("$version", operation.Version),
            ("$payment", operation.Payment.Value),
            ("$status", operation.Status.ToString()),
            ("$is_open", !operation.IsFinal),
            ("$next_check_at", operation.NextCheckAt?.UtcTicks),
            ("$gateway", operation.Gateway?.Value),
            ("$gateway_id", operation.GatewayPaymentId?.Value),
            ("$moved_at", operation is { Status: OperationStatus.Succeeded, Moved.IsPositive: true } ? operation.AnsweredAt?.UtcTicks : null),
            ("$body", texts.Body),
            ("$command", texts.Command));
        if (written != 1) return false;

        foreach (var document in operation.Allocation.Documents) WritePart(session, operation, document);
        return true;
    }

    // An allocation names the same documents for ever; only the amounts may shrink, and those are in the body. And what is final stays so.
    private void WritePart(SqliteSession session, PaymentOperation operation, InvoiceId document)
    {
        if (operation.Version == 1) Run(Sql.Write.NewPart);
        if (operation.Version == 1 && !operation.IsFinal) Run(Sql.Write.OpenPart);
        if (operation.Version > 1 && operation.IsFinal) Run(Sql.Write.ClosePart);

        void Run(string sql) => session.Execute(sql, ("$tenant", _tenant), ("$invoice", document.Value), ("$operation", operation.Id.Value));
    }

    private bool WritePayment(SqliteSession session, Payment payment, byte[] body) => 1 == session.Execute(
        payment.Version == 1 ? Sql.Write.NewPayment : Sql.Write.NextPayment,
        ("$tenant", _tenant),
        ("$id", payment.Id.Value),
        ("$version", payment.Version),
        ("$account", payment.Account.Value),
        ("$currency", payment.Amount.Currency.Code),
        ("$amount", payment.Amount.MinorUnits),
        ("$status", payment.Status.ToString()),
        ("$body", body));

    private bool WriteCredit(SqliteSession session, AccountCredit credit, byte[] body) => 1 == session.Execute(
        credit.Version == 1 ? Sql.Write.NewCredit : Sql.Write.NextCredit,
        ("$tenant", _tenant),
        ("$account", credit.Account.Value),
        ("$currency", credit.Currency.Code),
        ("$version", credit.Version),
        ("$added", credit.Added),
        ("$spent", credit.Spent),
        ("$reserved", credit.Reserved),
        ("$missing", credit.Missing),
        ("$body", body));

    private void WriteCreditFact(SqliteSession session, CreditEvent fact, byte[] body) => session.Execute(
        Sql.Write.CreditFact,
        ("$tenant", _tenant), ("$account", fact.Account.Value), ("$currency", fact.Currency.Code),
        ("$sequence", fact.Sequence), ("$at", fact.At.UtcTicks), ("$body", body));

    private void WriteFact(SqliteSession session, InvoiceEvent fact, byte[] body) => session.Execute(
        Sql.Write.Fact,
        ("$tenant", _tenant), ("$invoice", fact.Invoice.Value), ("$sequence", fact.Sequence), ("$at", fact.At.UtcTicks), ("$body", body));

    private void WriteParked(SqliteSession session, ParkedOutcome parked, byte[] body) => session.Execute(
        Sql.Write.Parked,
        ("$tenant", _tenant),
        ("$operation", parked.Operation.Value),
        ("$evidence", parked.Evidence.Value),
        ("$received_at", parked.ReceivedAt.UtcTicks),
        ("$body", body));

    private static (byte[] Body, byte[]? Command) Bodies(OperationChange change) => (
        JsonSerializer.SerializeToUtf8Bytes(change.Operation, StoreJson.Default.PaymentOperation),
        change.Command is null ? null : JsonSerializer.SerializeToUtf8Bytes(change.Command, StoreJson.Default.GatewayCommand));

    private static byte[] BodyOf(Invoice invoice) => JsonSerializer.SerializeToUtf8Bytes(invoice, StoreJson.Default.Invoice);

    private static TResult[] Each<T, TResult>(IReadOnlyList<T> rows, Func<T, TResult> make)
    {
        if (rows.Count == 0) return [];
        var made = new TResult[rows.Count];
        for (var i = 0; i < made.Length; i++) made[i] = make(rows[i]);
        return made;
    }

    private static void RequireOneTenant(ChangeSet changes)
    {
        for (var i = 0; i < changes.Invoices.Count; i++) Require(changes.Invoices[i].Tenant);
        for (var i = 0; i < changes.Operations.Count; i++) Require(changes.Operations[i].Operation.Tenant);
        for (var i = 0; i < changes.Operations.Count; i++) Require(changes.Operations[i].Command?.Tenant ?? changes.Tenant);
        for (var i = 0; i < changes.Payments.Count; i++) Require(changes.Payments[i].Tenant);
        for (var i = 0; i < changes.Facts.Count; i++) Require(changes.Facts[i].Tenant);
        for (var i = 0; i < changes.Credits.Count; i++) Require(changes.Credits[i].Tenant);
        for (var i = 0; i < changes.CreditFacts.Count; i++) Require(changes.CreditFacts[i].Tenant);
        for (var i = 0; i < changes.Parked.Count; i++) Require(changes.Parked[i].Tenant);

        void Require(TenantId tenant)
        {
            if (tenant != changes.Tenant) throw new ArgumentException("Everything in a change set belongs to its tenant.", nameof(changes));
        }
    }
}
