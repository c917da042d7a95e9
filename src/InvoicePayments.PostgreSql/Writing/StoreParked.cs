using Npgsql;

namespace InvoicePayments;

/// <summary>Puts off what is kept, or removes it. What is gone stays gone, so both may be repeated.</summary>
internal sealed class StoreParked(PostgreSqlDatabase database)
{
    private const string Key = "WHERE tenant = $1 AND operation_id = $2 AND evidence = $3";

    private readonly string _putOff = $"UPDATE {database.Schema}.parked_outcome SET look_at = $4 {Key}";
    private readonly string _remove = $"DELETE FROM {database.Schema}.parked_outcome {Key}";

    internal async ValueTask PutOffAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken token) =>
        await RunAsync(_putOff, parked, until, token).ConfigureAwait(false);

    internal async ValueTask RemoveAsync(ParkedOutcome parked, CancellationToken token) =>
        await RunAsync(_remove, parked, null, token).ConfigureAwait(false);

    private ValueTask<int> RunAsync(string sql, ParkedOutcome parked, DateTimeOffset? until, CancellationToken cancellationToken) => database.RepeatAsync(
        async (connection, token) =>
        {
            var command = connection.CreateCommand();
            await using var commandEnd = command.ConfigureAwait(false);
#pragma warning disable CA2100 // Statements are constants; values are always parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parked.Tenant.Value });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parked.Operation.Value });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parked.Evidence.Value });
            if (until is { } at) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = at.UtcTicks });
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        },
        cancellationToken);
}
