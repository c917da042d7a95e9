using Npgsql;

namespace InvoicePayments;

/// <summary>
/// Answers a batch of loads in one round trip, and those who turn out to need more in another. Whatever fails is tried again: a load may be repeated.
/// </summary>
internal sealed class LoadWorker(PostgreSqlDatabase database, LoadSql sql) : IBatchWorker<PendingLoad>
{
    private readonly LaneSession _session = new(database);

    // Each statement sees the database at a moment of its own, so what the two have read is kept apart.
    private readonly Fetch _plain = new(sql.Plain), _whole = new(sql.Text);

    public ValueTask RestAsync() => _session.RestAsync();

    public Task DoAsync(IReadOnlyList<PendingLoad> batch) => DoAsync(batch, mayBePlain: true);

    private async Task DoAsync(IReadOnlyList<PendingLoad> batch, bool mayBePlain)
    {
        var patience = new Patience(database.Options.RepeatFor);
        while (true)
        {
            try
            {
                await FetchAsync(batch, mayBePlain).ConfigureAwait(false);
                break;
            }
            catch (Exception error)
            {
                var trouble = Troubles.Of(error);
                await _session.StartOverAsync().ConfigureAwait(false);
                if (batch.Count > 1 && trouble == Trouble.RowRefused)
                {
                    // One row is damaged, or held: only whoever asked for it has to hear of it.
                    foreach (var call in batch) await DoAsync([call], mayBePlain).ConfigureAwait(false);
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

        if (Answer(batch, mayBePlain) is { } more) await DoAsync(more, mayBePlain: false).ConfigureAwait(false);
    }

    private async Task FetchAsync(IReadOnlyList<PendingLoad> batch, bool mayBePlain)
    {
        _plain.Clear();
        _whole.Clear();
        for (var i = 0; i < batch.Count; i++) (IsPlain(batch[i], mayBePlain) ? _plain : _whole).Wants.Add(batch[i].Request);

        var commands = new List<NpgsqlBatchCommand>(2);
        _plain.AddTo(commands);
        _whole.AddTo(commands);
        if (commands.Count == 0) return;
        var reader = await _session.RunAsync(commands).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await _plain.ReadAsync(reader).ConfigureAwait(false);
            await _whole.ReadAsync(reader).ConfigureAwait(false);
        }
    }

    // Answers whom it can, and says who needs more than was fetched; null when nobody does.
    private List<PendingLoad>? Answer(IReadOnlyList<PendingLoad> batch, bool mayBePlain)
    {
        List<PendingLoad>? more = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var isPlain = IsPlain(batch[i], mayBePlain);
            var rows = (isPlain ? _plain : _whole).Rows;
            if (isPlain && rows.LackSomethingOf(batch[i].Request))
            {
                (more ??= []).Add(batch[i]);
                continue;
            }

            InvoiceState state;
            try
            {
                state = new StateAssembler(rows, batch[i].Request).Assemble();
            }
            catch (Exception error)
            {
                batch[i].Fail(PostgreSqlErrors.Translate(error, database));
                continue;
            }

            batch[i].Succeed(state);
        }

        return more;
    }

    // Invoices, and operations that are hardly there yet or paid them. Whoever names operations alone knows them, and not what they pay.
    private static bool IsPlain(PendingLoad load, bool mayBePlain) => mayBePlain && load.Request is
    {
        Invoices.Count: > 0, Authorization: null, GatewayPayment: null, Payment: null, Credit: null, PaymentMethod: null, DefaultPaymentMethod: false,
    };

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
