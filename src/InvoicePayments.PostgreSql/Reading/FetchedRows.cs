using Npgsql;

namespace InvoicePayments;

/// <summary>The rows that a batch of loads brought back, by their keys: one object for each, however often it came.</summary>
internal sealed class FetchedRows
{
    internal Dictionary<(TenantId, InvoiceId), Invoice> Invoices { get; } = [];

    internal Dictionary<(TenantId, OperationId), (PaymentOperation Operation, GatewayCommand? Command)> Operations { get; } = [];

    internal Dictionary<(TenantId, PaymentId), Payment> Payments { get; } = [];

    /// <summary>What is open on an invoice, in the order of arrival.</summary>
    internal Dictionary<(TenantId, InvoiceId), SortedList<long, PaymentOperation>> Open { get; } = [];

    internal Dictionary<(TenantId, CreditAddress), AccountCredit> Credits { get; } = [];

    internal Dictionary<(TenantId, PaymentMethodId), StoredPaymentMethod> Methods { get; } = [];

    internal Dictionary<(TenantId, AccountId), StoredPaymentMethod> Defaults { get; } = [];

    internal Dictionary<(TenantId, OperationId), List<ParkedOutcome>> Parked { get; } = [];

    internal async Task ReadAsync(NpgsqlDataReader rows)
    {
        var count = 0;
        for (; await rows.ReadAsync().ConfigureAwait(false); count++) Take(rows);
        PostgreSqlDiagnostics.RowsRead.Add(count);
    }

    internal void Clear()
    {
        Invoices.Clear();
        Operations.Clear();
        Payments.Clear();
        Open.Clear();
        Credits.Clear();
        Methods.Clear();
        Defaults.Clear();
        Parked.Clear();
    }

    private void Take(NpgsqlDataReader row)
    {
        switch ((RowKind)row.GetInt16(0))
        {
            case RowKind.Invoice:
                var invoice = Bodies.Read(row, 1, StoreJson.Default.Invoice);
                Invoices[(invoice.Tenant, invoice.Id)] = invoice;
                break;
            case RowKind.Operation:
                var operation = Bodies.Read(row, 1, StoreJson.Default.PaymentOperation);
                Operations[(operation.Tenant, operation.Id)] = (operation, row.IsDBNull(2) ? null : Bodies.Read(row, 2, StoreJson.Default.GatewayCommand));
                break;
            case RowKind.Payment:
                var payment = Bodies.Read(row, 1, StoreJson.Default.Payment);
                Payments[(payment.Tenant, payment.Id)] = payment;
                break;
            case RowKind.OpenOperation:
                TakeOpen(Bodies.Read(row, 1, StoreJson.Default.PaymentOperation), new(row.GetString(2)), row.GetInt64(3));
                break;
            case RowKind.Credit:
                var credit = Bodies.Read(row, 1, StoreJson.Default.AccountCredit);
                Credits[(credit.Tenant, new(credit.Account, credit.Currency))] = credit;
                break;
            case RowKind.Method:
                TakeMethod(Bodies.Read(row, 1, StoreJson.Default.StoredPaymentMethod) with { IsDefault = row.GetInt64(3) == 1 });
                break;
            default:
                TakeParked(Bodies.Read(row, 1, StoreJson.Default.ParkedOutcome));
                break;
        }
    }

    private void TakeOpen(PaymentOperation operation, InvoiceId invoice, long position)
    {
        var key = (operation.Tenant, invoice);
        if (!Open.TryGetValue(key, out var open)) Open[key] = open = [];
        open[position] = operation;
    }

    private void TakeMethod(StoredPaymentMethod method)
    {
        Methods[(method.Tenant, method.Id)] = method;
        if (method.IsDefault) Defaults[(method.Tenant, method.Account)] = method;
    }

    private void TakeParked(ParkedOutcome outcome)
    {
        var key = (outcome.Tenant, outcome.Operation);
        if (!Parked.TryGetValue(key, out var parked)) Parked[key] = parked = [];
        parked.Add(outcome);
    }
}
