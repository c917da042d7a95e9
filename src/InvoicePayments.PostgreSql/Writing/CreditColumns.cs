namespace InvoicePayments;

/// <summary>Account credits to write.</summary>
internal sealed class CreditColumns : Columns
{
    private readonly List<string> _tenant, _account, _currency;
    private readonly List<long> _added, _spent, _reserved, _missing, _version, _base;
    private readonly List<Guid> _commit;
    private readonly List<ReadOnlyMemory<byte>> _body;

    internal CreditColumns(RowSql sql)
        : base(sql)
    {
        // In the order of WriteSql.CreditColumns.
        (_tenant, _account, _currency) = (Text(), Text(), Text());
        (_added, _spent, _reserved, _missing, _version, _commit, _body, _base) = (Number(), Number(), Number(), Number(), Number(), Id(), Body(), Number());
    }

    internal void Add(in MergedRow<AccountCredit> row)
    {
        Count++;
        var credit = row.Record;
        _tenant.Add(row.Key.Tenant);
        _account.Add(row.Key.A);
        _currency.Add(row.Key.B);
        _added.Add(credit.Added);
        _spent.Add(credit.Spent);
        _reserved.Add(credit.Reserved);
        _missing.Add(credit.Missing);
        _version.Add(row.Version);
        _commit.Add(row.Commit);
        _body.Add(row.Body);
        _base.Add(row.Base);
    }
}
