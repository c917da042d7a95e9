using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace InvoicePayments;

/// <summary>What hosts and recovery list. One row more than asked is read, to know whether there is another page.</summary>
internal sealed class StoreLists(PostgreSqlDatabase database)
{
    private const int MaxLimit = 1_000;

    private readonly ListSql _sql = new(database.Schema);

    internal static int CheckedLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        return limit;
    }

    internal ValueTask<Page<PaymentOperation>> OperationsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken token) =>
        PageAsync(_sql.Operations, StoreJson.Default.PaymentOperation, limit, token, tenant.Value, invoice.Value, after ?? 0);

    internal ValueTask<Page<InvoiceEvent>> FactsAsync(TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken token) =>
        PageAsync(_sql.Facts, StoreJson.Default.InvoiceEvent, limit, token, tenant.Value, invoice.Value, after ?? 0);

    internal ValueTask<Page<CreditEvent>> CreditFactsAsync(TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken token) =>
        PageAsync(_sql.CreditFacts, StoreJson.Default.CreditEvent, limit, token, tenant.Value, credit.Account.Value, credit.Currency.Code, after ?? 0);

    internal async ValueTask<IReadOnlyList<ParkedOutcome>> ParkedAsync(TenantId tenant, int limit, CancellationToken token) =>
        await ListAsync(_sql.Parked, r => Bodies.Read(r, 1, StoreJson.Default.ParkedOutcome), CheckedLimit(limit), token, tenant.Value).ConfigureAwait(false);

    internal async ValueTask<IReadOnlyList<ParkedOutcome>> DueParkedAsync(DateTimeOffset now, int limit, CancellationToken token) =>
        await ListAsync(_sql.DueParked, r => Bodies.Read(r, 1, StoreJson.Default.ParkedOutcome), CheckedLimit(limit), token, now.UtcTicks).ConfigureAwait(false);

    internal async ValueTask<IReadOnlyList<OperationAddress>> DueAsync(DateTimeOffset now, int limit, CancellationToken token) => await ListAsync(
        _sql.Due, static r => new OperationAddress(new(r.GetString(0)), new(r.GetString(1))), CheckedLimit(limit), token, now.UtcTicks).ConfigureAwait(false);

    internal async ValueTask<IReadOnlyList<DueInvoice>> DueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken token) => await ListAsync(
        _sql.DueInvoices,
        static r => new DueInvoice(new(r.GetString(0)), new(r.GetInt64(1), TimeSpan.Zero), r.GetInt32(2)),
        CheckedLimit(limit), token, tenant.Value, dueBy.UtcTicks, after?.CollectAt.UtcTicks ?? -1L, after?.Invoice.Value ?? "").ConfigureAwait(false);

    internal async ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken token) =>
        (await ListAsync(_sql.CountDueInvoices, static r => r.GetInt64(0), 1, token, tenant.Value, dueBy.UtcTicks).ConfigureAwait(false))[0];

    internal async ValueTask<IReadOnlyList<PaymentOperation>> MovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken token) =>
        await ListAsync(
            _sql.Movements, r => Bodies.Read(r, 1, StoreJson.Default.PaymentOperation), CheckedLimit(limit), token,
            tenant.Value, gateway.Value, after?.GatewayPaymentId?.Value ?? "", after?.Id.Value ?? "", from.UtcTicks, until.UtcTicks).ConfigureAwait(false);

    internal ValueTask<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, int limit, CancellationToken token, params object[] values) =>
        database.RepeatAsync(
            async (connection, cancellation) =>
            {
                var command = connection.CreateCommand();
                await using var commandEnd = command.ConfigureAwait(false);
#pragma warning disable CA2100 // Statements are constants with a number in them; values are always parameters.
                command.CommandText = sql.Replace("@limit", limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
#pragma warning restore CA2100
                foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
                var rows = new List<T>();
                var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await using var readerEnd = reader.ConfigureAwait(false);
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) rows.Add(read(reader));
                return rows;
            },
            token);

    private async ValueTask<Page<T>> PageAsync<T>(string sql, JsonTypeInfo<T> type, int limit, CancellationToken token, params object[] values)
    {
        var rows = await ListAsync(sql, r => (Position: r.GetInt64(0), Item: Bodies.Read(r, 1, type)), CheckedLimit(limit) + 1, token, values).ConfigureAwait(false);
        return new([.. rows.Take(limit).Select(r => r.Item)], rows.Count > limit ? rows[limit - 1].Position : null);
    }
}
