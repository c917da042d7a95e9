using Npgsql;

namespace InvoicePayments;

/// <summary>The connection of one lane: taken from the pool when there is something to do, given back when nothing waits.</summary>
internal sealed class LaneSession(PostgreSqlDatabase database)
{
    // A plan that was made while a table was empty reads it from end to end for ever after; with this none does, whenever it was made.
    internal const string PlanByIndex = "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private NpgsqlConnection? _connection;

    /// <summary>Whether the last statements were sent: only then may they have been carried out although no answer came.</summary>
    internal bool HasSent { get; private set; }

    /// <summary>Runs statements in one round trip and one transaction. The reader is at the result of the first.</summary>
    internal async Task<NpgsqlDataReader> RunAsync(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        HasSent = false;
        _connection ??= await database.OpenAsync().ConfigureAwait(false);
        PostgreSqlDiagnostics.RoundTrips.Add(1);
#pragma warning disable CA2000 // A batch holds nothing but texts and values; the reader, which its caller disposes, is what is open.
        var batch = new NpgsqlBatch(_connection);
#pragma warning restore CA2000
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanByIndex));
        for (var i = 0; i < commands.Count; i++) batch.BatchCommands.Add(commands[i]);
        if (database.Options.PrepareStatements) await batch.PrepareAsync().ConfigureAwait(false);
        HasSent = true;
        var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        try
        {
            await reader.NextResultAsync().ConfigureAwait(false);
            return reader;
        }
        catch
        {
            // Reads to the end of what was sent, so that the connection may be used again.
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the connection back.</summary>
    internal async ValueTask RestAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It may be too broken to be given back in good order; the pool does without it, and nobody waits for this.
        }
    }

    /// <summary>After trouble: the next statement starts on another connection.</summary>
    internal async ValueTask StartOverAsync()
    {
        database.StartOver();
        await RestAsync().ConfigureAwait(false);
    }
}
