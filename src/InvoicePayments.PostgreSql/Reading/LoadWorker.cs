using Npgsql;

namespace InvoicePayments;

/// <summary>Answers a batch of loads in one round trip. Whatever fails is tried again: a load may be repeated.</summary>
internal sealed class LoadWorker(PostgreSqlDatabase database, LoadSql sql) : IBatchWorker<PendingLoad>
{
    private readonly LaneSession _session = new(database);

    // Each statement sees the database at a moment of its own, so what the two have read is kept apart.
    private readonly Fetch _byName = new(sql.ByName), _any = new(sql.Any);

    public ValueTask RestAsync() => _session.RestAsync();

    public async Task DoAsync(IReadOnlyList<PendingLoad> batch)
    {
        var patience = new Patience(database.Options.RepeatFor);
        while (true)
        {
            try
            {
                await FetchAsync(batch).ConfigureAwait(false);
                break;
            }
            catch (Exception error)
            {
                var trouble = Troubles.Of(error);
                await _session.StartOverAsync().ConfigureAwait(false);
                if (batch.Count > 1 && trouble == Trouble.RowRefused)
                {
                    // One row is damaged, or held: only whoever asked for it has to hear of it.
                    foreach (var call in batch) await DoAsync([call]).ConfigureAwait(false);
                    return;
                }

                if (trouble is not (Trouble.Away or Trouble.RolledBack) || patience.IsOver)
                {
                    foreach (var call in batch) call.Fail(PostgreSqlErrors.Translate(error, database));
                    return;
                }
            }

            PostgreSqlDiagnostics.Repeats.Add(1);
            await patience.WaitAsync().ConfigureAwait(false);
        }

        for (var i = 0; i < batch.Count; i++) Answer(batch[i]);
    }

    private async Task FetchAsync(IReadOnlyList<PendingLoad> batch)
    {
        _byName.Clear();
        _any.Clear();
        for (var i = 0; i < batch.Count; i++) FetchOf(batch[i]).Wants.Add(batch[i].Request);

        var commands = new List<NpgsqlBatchCommand>(2);
        _byName.AddTo(commands);
        _any.AddTo(commands);
        if (commands.Count == 0) return;
        var reader = await _session.RunAsync(commands).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await _byName.ReadAsync(reader).ConfigureAwait(false);
            await _any.ReadAsync(reader).ConfigureAwait(false);
        }
    }

    private void Answer(PendingLoad call)
    {
        InvoiceState state;
        try
        {
            state = new StateAssembler(FetchOf(call).Rows, call.Request).Assemble();
        }
        catch (Exception error)
        {
            call.Fail(PostgreSqlErrors.Translate(error, database));
            return;
        }

        call.Succeed(state);
    }

    private Fetch FetchOf(PendingLoad call) => call.Request is { Authorization: null, GatewayPayment: null, Payment: null, Credit: null } ? _byName : _any;

    /// <summary>One of the statements: what it is asked for, and what it has answered.</summary>
    private sealed class Fetch(string statement)
    {
        private bool _isSent;

        internal Wants Wants { get; } = new();

        internal FetchedRows Rows { get; } = new();

        internal void Clear()
        {
            Wants.Clear();
            Rows.Clear();
        }

        internal void AddTo(List<NpgsqlBatchCommand> commands)
        {
            _isSent = Wants.Count > 0;
            if (!_isSent) return;
            var command = new NpgsqlBatchCommand(statement);
            Wants.AddTo(command.Parameters);
            commands.Add(command);
        }

        internal async Task ReadAsync(NpgsqlDataReader reader)
        {
            if (!_isSent) return;
            await Rows.ReadAsync(reader).ConfigureAwait(false);
            await reader.NextResultAsync().ConfigureAwait(false);
        }
    }
}
