using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>What hosts and recovery list. One row more than asked is read, to know whether there is another page.</summary>
internal static class StoreQueries
{
    private const int MaxLimit = 1_000;

    internal static int CheckedLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        return limit;
    }

    internal static Page<PaymentOperation> Operations(SqliteSession session, TenantId tenant, InvoiceId invoice, long? after, int limit) =>
        Page(session, Sql.List.Operations, StoreJson.Default.PaymentOperation, tenant, invoice, after, limit);

    internal static Page<InvoiceEvent> Facts(SqliteSession session, TenantId tenant, InvoiceId invoice, long? after, int limit) =>
        Page(session, Sql.List.Facts, StoreJson.Default.InvoiceEvent, tenant, invoice, after, limit);

    internal static Page<CreditEvent> CreditFacts(SqliteSession session, TenantId tenant, CreditAddress credit, long? after, int limit) => Page(
        session, Sql.List.CreditFacts, StoreJson.Default.CreditEvent, limit,
        ("$tenant", tenant.Value), ("$account", credit.Account.Value), ("$currency", credit.Currency.Code), ("$after", after ?? 0), ("$limit", limit + 1));

    internal static IReadOnlyList<ParkedOutcome> Parked(SqliteSession session, TenantId tenant, int limit) =>
        session.Query(Sql.List.Parked, Json.Parked, ("$tenant", tenant.Value), ("$limit", limit));

    internal static IReadOnlyList<ParkedOutcome> DueParked(SqliteSession session, DateTimeOffset now, int limit) =>
        session.Query(Sql.List.DueParked, Json.Parked, ("$now", now.UtcTicks), ("$limit", limit));

    internal static IReadOnlyList<OperationAddress> Due(SqliteSession session, DateTimeOffset now, int limit) =>
        session.Query(
            Sql.List.Due,
            static r => new OperationAddress(new(r.GetString(0)), new(r.GetString(1))),
            ("$now", now.UtcTicks), ("$limit", limit));

    internal static IReadOnlyList<DueInvoice> DueInvoices(SqliteSession session, TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit) =>
        session.Query(
            Sql.List.DueInvoices,
            static r => new DueInvoice(new(r.GetString(0)), new(r.GetInt64(1), TimeSpan.Zero), r.GetInt32(2)),
            ("$tenant", tenant.Value), ("$due_by", dueBy.UtcTicks), ("$after_at", after?.CollectAt.UtcTicks ?? -1L),
            ("$after_id", after?.Invoice.Value ?? ""), ("$limit", limit));

    internal static long CountDueInvoices(SqliteSession session, TenantId tenant, DateTimeOffset dueBy) =>
        session.Query(Sql.List.CountDueInvoices, static r => r.GetInt64(0), ("$tenant", tenant.Value), ("$due_by", dueBy.UtcTicks))[0];

    internal static IReadOnlyList<PaymentOperation> Movements(
        SqliteSession session, TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit) =>
        session.Query(
            Sql.List.Movements,
            Json.Operation,
            ("$tenant", tenant.Value), ("$gateway", gateway.Value), ("$from", from.UtcTicks), ("$until", until.UtcTicks),
            ("$id", after?.GatewayPaymentId?.Value ?? ""), ("$operation", after?.Id.Value ?? ""), ("$limit", limit));

    internal static IReadOnlyList<DeadLetter> Dead(SqliteSession session, TenantId tenant, int limit) =>
        session.Query(
            Sql.Outbox.Dead,
            static r => new DeadLetter(new(r.GetString(0)), OutboxStream.Parse(r.GetString(1)), r.GetInt64(2), r.GetInt32(3), r.IsNull(4) ? "" : r.GetString(4)),
            ("$tenant", tenant.Value), ("$limit", limit));

    private static Page<T> Page<T>(
        SqliteSession session, string sql, JsonTypeInfo<T> type, TenantId tenant, InvoiceId invoice, long? after, int limit)
        where T : class => Page(
            session, sql, type, limit, ("$tenant", tenant.Value), ("$invoice", invoice.Value), ("$after", after ?? 0), ("$limit", limit + 1));

    private static Page<T> Page<T>(
        SqliteSession session, string sql, JsonTypeInfo<T> type, int limit, params ReadOnlySpan<(string Name, SqliteValue Value)> values)
        where T : class
    {
        var rows = session.Query(sql, r => (Position: r.GetInt64(0), Item: Json.Read(r.GetUtf8(1), type)), values);
        var items = rows.Take(limit).Select(r => r.Item).ToList();
        return new(items, rows.Count > limit ? rows[limit - 1].Position : null);
    }
}
