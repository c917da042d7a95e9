using Npgsql;
using NpgsqlTypes;

namespace InvoicePayments;

/// <summary>Claims and settles deliveries.</summary>
internal sealed class StoreOutbox(PostgreSqlDatabase database, StoreLists lists)
{
    private readonly OutboxSql _sql = new(database.Schema);

    /// <summary>A claim whose answer is lost has no owner and runs out: so it may be repeated, and takes others.</summary>
    internal async ValueTask<IReadOnlyList<OutboxClaim>> ClaimAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken token)
    {
        var claims = await lists.ListAsync(
            _sql.Claim,
            static r => (Claim: new OutboxClaim(new(r.GetString(0)), OutboxStream.Parse(r.GetString(1)), r.GetInt64(2), r.GetInt32(3), r.GetInt64(4)), DueAt: r.GetInt64(5)),
            StoreLists.CheckedLimit(limit), token, now.UtcTicks, until.UtcTicks).ConfigureAwait(false);

        // What an update returns comes in no particular order.
        return
        [
            .. claims.OrderBy(c => c.DueAt).ThenBy(c => c.Claim.Tenant.Value, StringComparer.Ordinal)
                .ThenBy(c => c.Claim.Stream.Key, StringComparer.Ordinal).Select(c => c.Claim),
        ];
    }

    internal ValueTask<CommitResult> SettleAsync(OutboxClaim claim, OutboxProgress progress, CancellationToken token) => UpdateAsync(
        _sql.Settle, token,
        Text(claim.Tenant.Value), Text(claim.Stream.Key), Number(claim.Fence), Number(progress.Delivered),
        new NpgsqlParameter<int> { TypedValue = progress.Failures }, Number(progress.NextAt?.UtcTicks), Text(progress.Error));

    internal ValueTask<CommitResult> ReleaseAsync(TenantId tenant, OutboxStream stream, DateTimeOffset now, CancellationToken token) =>
        UpdateAsync(_sql.Release, token, Text(tenant.Value), Text(stream.Key), Number(now.UtcTicks));

    internal async ValueTask<IReadOnlyList<DeadLetter>> DeadAsync(TenantId tenant, int limit, CancellationToken token) => await lists.ListAsync(
        _sql.Dead,
        static r => new DeadLetter(new(r.GetString(0)), OutboxStream.Parse(r.GetString(1)), r.GetInt64(2), r.GetInt32(3), r.IsDBNull(4) ? "" : r.GetString(4)),
        StoreLists.CheckedLimit(limit), token, tenant.Value).ConfigureAwait(false);

    /// <summary>Repeated without harm: what is forgotten is forgotten.</summary>
    internal async ValueTask<int> PurgeAsync(DateTimeOffset idleSince, int limit, CancellationToken token) =>
        (await lists.ListAsync(_sql.Purge, static r => r.GetInt32(0), StoreLists.CheckedLimit(limit), token, idleSince.UtcTicks).ConfigureAwait(false)).Count;

    // Not repeated when no answer came: the fence would refuse the second, and that would be a lie about the first.
    private ValueTask<CommitResult> UpdateAsync(string sql, CancellationToken token, params NpgsqlParameter[] values) => database.OnceAsync(
        async (connection, cancellation) =>
        {
            var command = connection.CreateCommand();
            await using var commandEnd = command.ConfigureAwait(false);
#pragma warning disable CA2100 // Statements are constants; values are always parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var value in values) command.Parameters.Add(value.Clone());
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) == 1 ? CommitResult.Committed : CommitResult.Conflict;
        },
        token);

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value ?? (object)DBNull.Value };

    private static NpgsqlParameter Number(long? value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value ?? (object)DBNull.Value };
}
