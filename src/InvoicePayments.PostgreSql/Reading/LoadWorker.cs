using Npgsql;

namespace InvoicePayments;

/// <summary>Answers a batch of loads with one statement. Whatever fails is tried again: a load may be repeated.</summary>
internal sealed class LoadWorker(PostgreSqlDatabase database, LoadSql sql) : IBatchWorker<PendingLoad>
{
    private readonly LaneSession _session = new(database);
    private readonly Wants _wants = new();
    private readonly FetchedRows _rows = new();

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

        Answer(batch);
    }

    private async Task FetchAsync(IReadOnlyList<PendingLoad> batch)
    {
        _rows.Clear();
        _wants.Clear();
        for (var i = 0; i < batch.Count; i++) _wants.Add(batch[i].Request);

        var command = new NpgsqlBatchCommand(sql.Text);
        _wants.AddTo(command.Parameters);
        var reader = await _session.RunAsync([command]).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false)) await _rows.ReadAsync(reader).ConfigureAwait(false);
    }

    private void Answer(IReadOnlyList<PendingLoad> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            InvoiceState state;
            try
            {
                state = new StateAssembler(_rows, batch[i].Request).Assemble();
            }
            catch (Exception error)
            {
                batch[i].Fail(PostgreSqlErrors.Translate(error, database));
                continue;
            }

            batch[i].Succeed(state);
        }
    }
}
