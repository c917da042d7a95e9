namespace InvoicePayments;

/// <summary>Invoices to write. Columns and body come from the same record here and nowhere else.</summary>
internal sealed class InvoiceColumns : Columns
{
    private readonly List<string> _tenant, _id, _account, _currency, _document;
    private readonly List<long> _total, _received, _reserved, _refunded, _reopened, _unreserved, _taken, _factCount, _version, _base;
    private readonly List<long?> _dueAt, _collectAt;
    private readonly List<string?> _defaultMethod, _instalmentOf;
    private readonly List<int> _attempt;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal InvoiceColumns(RowSql sql)
        : base(sql)
    {
        // In the order of WriteSql.InvoiceColumns.
        (_tenant, _id, _account, _currency, _total, _document) = (Text(), Text(), Text(), Text(), Number(), Text());
        (_received, _reserved, _refunded, _reopened, _unreserved, _taken) = (Number(), Number(), Number(), Number(), Number(), Number());
        (_dueAt, _defaultMethod, _instalmentOf, _collectAt, _attempt) = (MaybeNumber(), MaybeText(), MaybeText(), MaybeNumber(), Count32());
        (_factCount, _version, _commit, _body, _base) = (Number(), Number(), Id(), Body(), Number());
    }

    internal void Add(in MergedRow<Invoice> row)
    {
        Count++;
        var (invoice, sums) = (row.Record, row.Record.Sums);
        _tenant.Add(row.Key.Tenant);
        _id.Add(row.Key.A);
        _account.Add(invoice.Account.Value);
        _currency.Add(invoice.Total.Currency.Code);
        _total.Add(invoice.Total.MinorUnits);
        _document.Add(Names.Of(invoice.Document));
        _received.Add(sums.Received);
        _reserved.Add(sums.Reserved);
        _refunded.Add(sums.Refunded);
        _reopened.Add(sums.Reopened);
        _unreserved.Add(sums.Unreserved);
        _taken.Add(sums.Taken);
        _dueAt.Add(invoice.DueAt?.UtcTicks);
        _defaultMethod.Add(invoice.Details.DefaultPaymentMethod?.Value);
        _instalmentOf.Add(invoice.InstalmentOf?.Value);
        _collectAt.Add(CollectAt(invoice));
        _attempt.Add(invoice.Dunning.Attempt);
        _factCount.Add(invoice.FactCount);
        _version.Add(row.Version);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
        _base.Add(row.Base);
    }

    // Sums so wrong that they do not even add up are refused by the schema, together with all else that is wrong with them.
    private static long? CollectAt(Invoice invoice)
    {
        try
        {
            return invoice.CollectAt?.UtcTicks;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
