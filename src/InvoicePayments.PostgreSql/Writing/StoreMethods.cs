using System.Text.Json;
using Npgsql;

namespace InvoicePayments;

/// <summary>Stores payment methods.</summary>
internal sealed class StoreMethods(PostgreSqlDatabase database)
{
    // First the mark of the others, because the database allows one per account at any moment.
    private readonly string _unmark =
        $"UPDATE {database.Schema}.payment_method SET is_default = false WHERE $4 AND tenant = $1 AND account_id = $3 AND is_default AND method_id <> $2";

    private readonly string _save = $"""
        WITH done AS (
            INSERT INTO {database.Schema}.payment_method AS m (tenant, method_id, account_id, is_default, body) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant, method_id) DO UPDATE SET is_default = excluded.is_default, body = excluded.body
            WHERE m.account_id = excluded.account_id RETURNING 1)
        SELECT CASE WHEN count(*) = 1 THEN 0 ELSE ('{Troubles.Guard}' || count(*))::int END FROM done
        """;

    /// <summary>Saving the same method again changes nothing more, so it may be repeated.</summary>
    internal async ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(method, StoreJson.Default.StoredPaymentMethod);
        return await database.RepeatAsync(
            async (connection, token) =>
            {
                try
                {
                    var batch = new NpgsqlBatch(connection);
                    await using var batchEnd = batch.ConfigureAwait(false);
                    batch.BatchCommands.Add(Command(_unmark, method));
                    var save = Command(_save, method);
                    save.Parameters.Add(new NpgsqlParameter<string> { TypedValue = body });
                    batch.BatchCommands.Add(save);
                    await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                    return CommitResult.Committed;
                }
                catch (PostgresException error) when (error.SqlState != PostgresErrorCodes.UniqueViolation && Troubles.Of(error) == Trouble.Contended)
                {
                    // The id belongs to another account. Two who mark a default at once are another matter: the second does it again.
                    return CommitResult.Conflict;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Command(string sql, StoredPaymentMethod method)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = method.Tenant.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = method.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = method.Account.Value });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = method.IsDefault });
        return command;
    }
}
