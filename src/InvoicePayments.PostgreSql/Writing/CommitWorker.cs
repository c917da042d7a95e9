namespace InvoicePayments;

/// <summary>
/// Stores a batch of change sets in one transaction, and answers each for itself. When the database refuses the batch, it is found out whose fault
/// that is; when it does not answer, it is found out what became of it.
/// </summary>
internal sealed class CommitWorker(PostgreSqlDatabase database, WriteSql sql) : IBatchWorker<PendingCommit>
{
    private const int TriesAlone = 5;

    private readonly LaneSession _session = new(database);
    private readonly ChangeBatch _changes = new(sql);
    private readonly Probe _probe = new(sql);

    public ValueTask RestAsync() => _session.RestAsync();

    public Task DoAsync(IReadOnlyList<PendingCommit> batch) => DoAsync([.. batch], new Patience(database.Options.RepeatFor));

    private async Task DoAsync(List<PendingCommit> open, Patience patience)
    {
        var tellAnew = false;
        for (var tries = 1; open.Count > 0; tries++)
        {
            var (taken, competing) = Divide(open);
            Exception error;
            try
            {
                await WriteAsync(tellAnew).ConfigureAwait(false);
                foreach (var call in taken) call.Succeed(call.Wanted);
                foreach (var call in competing) call.Succeed(0);
                return;
            }
            catch (Exception failed)
            {
                error = failed;
                PostgreSqlDiagnostics.Repeats.Add(1);
            }
            finally
            {
                _changes.Clear();
            }

            switch (Troubles.Of(error))
            {
                case Trouble.Contended:
                    if (!await SettleAsync(taken, patience).ConfigureAwait(false)) await ApartAsync(taken, error, patience, tries).ConfigureAwait(false);
                    break;
                case Trouble.Forgotten when !tellAnew:
                    tellAnew = true;
                    break;
                case Trouble.RowRefused:
                    await ApartAsync(taken, error, patience, TriesAlone).ConfigureAwait(false);
                    break;
                case Trouble.RolledBack when !patience.IsOver:
                    await patience.WaitAsync().ConfigureAwait(false);
                    break;
                case Trouble.Away:
                    await LostAsync(open, taken, error, patience).ConfigureAwait(false);
                    break;
                default:
                    FailAll(open, error);
                    break;
            }

            open.RemoveAll(static call => call.IsAnswered);
        }
    }

    // Who competes with another of the batch hears that somebody was first once that one is stored, and not before.
    private (List<PendingCommit> Taken, List<PendingCommit> Competing) Divide(List<PendingCommit> open)
    {
        var (taken, competing) = (new List<PendingCommit>(open.Count), new List<PendingCommit>());
        foreach (var call in open) (_changes.TryAdd(call) ? taken : competing).Add(call);
        return (taken, competing);
    }

    private async Task WriteAsync(bool tellAnew)
    {
        var commands = _changes.Commands(tellAnew);
        if (commands.Count == 0) return;
        var reader = await _session.RunAsync(commands).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.NextResultAsync().ConfigureAwait(false))
            {
                // The errors of later statements come with their results.
            }
        }
    }

    /// <summary>Answers whom the rows that are there answer, and leaves out what does not fit. False when they tell nothing new.</summary>
    private async Task<bool> SettleAsync(List<PendingCommit> calls, Patience patience)
    {
        Standing[] standings;
        try
        {
            standings = await _probe.AskAsync(_session, calls).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await LostAsync(calls, [], error, patience).ConfigureAwait(false);
            return true;
        }

        var isNews = false;
        for (var i = 0; i < calls.Count; i++)
        {
            var (call, standing) = (calls[i], standings[i]);
            if (standing.Stored > 0) call.Succeed(standing.Stored);
            else if (standing.IsHidden) call.Fail(PostgreSqlErrors.Unknown(new TimeoutException("No answer came."), database));
            else if (standing.Fits == 0) call.Succeed(0);
            else if (standing.Fits < call.Wanted) call.Want(standing.Fits);
            else continue;
            isNews = true;
        }

        return isNews;
    }

    /// <summary>
    /// Finds the one who is to blame by halves: it fails alone, and the others are stored. Of change sets that build on each other the first ones are,
    /// as many as can be.
    /// </summary>
    private async Task ApartAsync(List<PendingCommit> calls, Exception error, Patience patience, int tries)
    {
        if (calls.Count > 1)
        {
            var half = calls.Count / 2;
            await DoAsync(calls[..half], patience).ConfigureAwait(false);
            await DoAsync(calls[half..], patience).ConfigureAwait(false);
            return;
        }

        if (tries < TriesAlone) return;
        var call = calls[0];
        if (call.Wanted > 1) call.Want(call.Wanted - 1);
        else if (Troubles.Of(error) == Trouble.Contended || call.Sets.Count > 1) call.Succeed(0);
        else call.Fail(PostgreSqlErrors.Translate(error, database));
    }

    /// <summary>The database is away, or took the connection: waits, then asks what became of those that were sent.</summary>
    private async Task LostAsync(List<PendingCommit> open, List<PendingCommit> sent, Exception error, Patience patience)
    {
        if (_session.HasSent && !Troubles.IsRefusal(error))
            foreach (var call in sent) call.MayBeStored = true;
        await _session.StartOverAsync().ConfigureAwait(false);
        if (Troubles.Of(error) is not (Trouble.Away or Trouble.RolledBack) || patience.IsOver)
        {
            FailAll(open, error);
            return;
        }

        await patience.WaitAsync().ConfigureAwait(false);
        var doubtful = open.FindAll(static call => call.MayBeStored);
        if (doubtful.Count > 0) await SettleAsync(doubtful, patience).ConfigureAwait(false);
    }

    private void FailAll(List<PendingCommit> open, Exception error)
    {
        foreach (var call in open)
        {
            if (call.IsAnswered) continue;
            call.Fail(call.MayBeStored ? PostgreSqlErrors.Unknown(error, database) : PostgreSqlErrors.Translate(error, database));
        }
    }
}
