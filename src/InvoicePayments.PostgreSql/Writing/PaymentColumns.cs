namespace InvoicePayments;

/// <summary>Payments to write.</summary>
internal sealed class PaymentColumns : Columns
{
    private readonly List<string> _tenant, _id, _account, _currency, _status, _documents;
    private readonly List<long> _amount, _version, _base;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal PaymentColumns(RowSql sql)
        : base(sql)
    {
        // In the order of WriteSql.PaymentColumns.
        (_tenant, _id, _account, _currency, _amount, _status, _documents) = (Text(), Text(), Text(), Text(), Number(), Text(), Text());
        (_version, _commit, _body, _base) = (Number(), Id(), Body(), Number());
    }

    internal void Add(in MergedRow<Payment> row)
    {
        Count++;
        var payment = row.Record;
        _tenant.Add(row.Key.Tenant);
        _id.Add(row.Key.A);
        _account.Add(payment.Account.Value);
        _currency.Add(payment.Amount.Currency.Code);
        _amount.Add(payment.Amount.MinorUnits);
        _status.Add(Names.Of(payment.Status));
        _documents.Add(Documents.Joined(payment.Documents));
        _version.Add(row.Version);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
        _base.Add(row.Base);
    }
}
