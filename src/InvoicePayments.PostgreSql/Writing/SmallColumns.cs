namespace InvoicePayments;

/// <summary>Facts to append.</summary>
internal sealed class FactColumns : Columns
{
    private readonly List<string> _tenant, _invoice;
    private readonly List<long> _sequence, _at;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal FactColumns(RowSql sql)
        : base(sql) =>
        (_tenant, _invoice, _sequence, _at, _commit, _body) = (Text(), Text(), Number(), Number(), Id(), Body());

    internal void Add(in MergedRow<InvoiceEvent> row)
    {
        Count++;
        _tenant.Add(row.Key.Tenant);
        _invoice.Add(row.Key.A);
        _sequence.Add(row.Key.Number);
        _at.Add(row.Record.At.UtcTicks);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
    }
}

/// <summary>Facts of credits to append.</summary>
internal sealed class CreditFactColumns : Columns
{
    private readonly List<string> _tenant, _account, _currency;
    private readonly List<long> _sequence, _at;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal CreditFactColumns(RowSql sql)
        : base(sql) =>
        (_tenant, _account, _currency, _sequence, _at, _commit, _body) = (Text(), Text(), Text(), Number(), Number(), Id(), Body());

    internal void Add(in MergedRow<CreditEvent> row)
    {
        Count++;
        _tenant.Add(row.Key.Tenant);
        _account.Add(row.Key.A);
        _currency.Add(row.Key.B);
        _sequence.Add(row.Key.Number);
        _at.Add(row.Record.At.UtcTicks);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
    }
}

/// <summary>Outcomes to park.</summary>
internal sealed class ParkedColumns : Columns
{
    private readonly List<string> _tenant, _operation, _evidence;
    private readonly List<long> _receivedAt, _lookAt;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal ParkedColumns(RowSql sql)
        : base(sql) =>
        (_tenant, _operation, _evidence, _receivedAt, _lookAt, _body) = (Text(), Text(), Text(), Number(), Number(), Body());

    internal void Add(ParkedOutcome parked, ReadOnlyMemory<byte> body)
    {
        Count++;
        _tenant.Add(parked.Tenant.Value);
        _operation.Add(parked.Operation.Value);
        _evidence.Add(parked.Evidence.Value);
        _receivedAt.Add(parked.ReceivedAt.UtcTicks);
        _lookAt.Add(parked.ReceivedAt.UtcTicks);
        _body.Add(body);
    }
}

/// <summary>Which operations belong to which invoices; of those that are open no more this is all that has to be said.</summary>
internal class PartColumns : Columns
{
    private readonly List<string> _tenant, _invoice, _operation;

    internal PartColumns(RowSql sql)
        : base(sql) =>
        (_tenant, _invoice, _operation) = (Text(), Text(), Text());

    internal void Add(PaymentOperation operation, InvoiceId document)
    {
        Count++;
        _tenant.Add(operation.Tenant.Value);
        _invoice.Add(document.Value);
        _operation.Add(operation.Id.Value);
    }
}

/// <summary>New ones with their numbers.</summary>
internal sealed class NumberedPartColumns : PartColumns
{
    private readonly List<long> _position;

    internal NumberedPartColumns(RowSql sql)
        : base(sql) =>
        _position = Number();

    internal void Add(PaymentOperation operation, InvoiceId document, long position)
    {
        Add(operation, document);
        _position.Add(position);
    }
}

/// <summary>New ones that the database is to number.</summary>
internal sealed class UnnumberedPartColumns : PartColumns
{
    private readonly List<bool> _isOpen;

    internal UnnumberedPartColumns(RowSql sql)
        : base(sql) =>
        _isOpen = Flag();

    internal void Add(PaymentOperation operation, InvoiceId document, bool isOpen)
    {
        Add(operation, document);
        _isOpen.Add(isOpen);
    }
}

/// <summary>Streams with something new to tell: the numbers of the first and the last of the new facts, and when the first of them happened.</summary>
internal sealed class ToldColumns : Columns
{
    private readonly List<string> _tenant, _stream;
    private readonly List<long> _first, _last, _at;

    internal ToldColumns(RowSql sql)
        : base(sql) =>
        (_tenant, _stream, _first, _last, _at) = (Text(), Text(), Number(), Number(), Number());

    /// <summary>Whether this is the stream that was added last.</summary>
    internal bool IsLast(string tenant, OutboxStream stream) => Count > 0 && _tenant[^1] == tenant && _stream[^1] == stream.Key;

    /// <summary>Facts come in the order of their keys, so those of one stream come together, the oldest first.</summary>
    internal void Add(string tenant, OutboxStream of, long sequence, DateTimeOffset at)
    {
        var stream = of.Key;
        if (Count > 0 && _tenant[^1] == tenant && _stream[^1] == stream)
        {
            _last[^1] = sequence;
            return;
        }

        Count++;
        _tenant.Add(tenant);
        _stream.Add(stream);
        _first.Add(sequence);
        _last.Add(sequence);
        _at.Add(at.UtcTicks);
    }
}

/// <summary>Rows to look at, to see who is in the way.</summary>
internal sealed class ProbeColumns : Columns
{
    private readonly List<short> _kind;
    private readonly List<string> _tenant, _a, _b;
    private readonly List<long> _number;

    internal ProbeColumns(RowSql sql)
        : base(sql) =>
        (_kind, _tenant, _a, _b, _number) = (Small(), Text(), Text(), Text(), Number());

    internal void Add(ProbeKind kind, RowKey key)
    {
        Count++;
        _kind.Add((short)kind);
        _tenant.Add(key.Tenant);
        _a.Add(key.A);
        _b.Add(key.B);
        _number.Add(key.Number);
    }
}
