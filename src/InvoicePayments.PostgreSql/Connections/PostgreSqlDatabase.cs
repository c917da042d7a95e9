using Npgsql;

namespace InvoicePayments;

/// <summary>
/// Which database, and how it is reached. Its schema is looked at, and made if that is allowed, before the first connection is handed out, and
/// again after the database was away: it may be another one then.
/// </summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwned;
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile bool _isReady;
    private volatile bool _isDisposed;

    internal PostgreSqlDatabase(NpgsqlDataSource source, bool isOwned, PostgreSqlPaymentStoreOptions options)
    {
        (_source, _isOwned, Options) = (source, isOwned, options.Checked());
        Schema = new(Options.Schema);
        var parts = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Location = $"{parts.Host}/{parts.Database ?? parts.Username}";
    }

    internal PostgreSqlPaymentStoreOptions Options { get; }

    internal SchemaName Schema { get; }

    /// <summary>Host and database, for messages: never the user, never the password.</summary>
    internal string Location { get; }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(PostgreSqlPaymentStore));

    /// <summary>Makes the schema, or brings it up to date, whatever the options say.</summary>
    internal async ValueTask EnsureSchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(mayCreate: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgreSqlErrors.Translate(error, this);
        }
    }

    /// <summary>A connection with the current schema behind it.</summary>
    internal async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (!_isReady) await PrepareAsync(Options.CreateSchema, cancellationToken).ConfigureAwait(false);
        return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets that the schema was seen.</summary>
    internal void StartOver() => _isReady = false;

    /// <summary>Runs what may safely be done twice, again and again while the database is away, as long as <see cref="PostgreSqlPaymentStoreOptions.RepeatFor"/> says.</summary>
    internal async ValueTask<T> RepeatAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        var patience = new Patience(Options.RepeatFor);
        while (true)
        {
            try
            {
                var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var connectionEnd = connection.ConfigureAwait(false);
                return await run(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!MayRepeat(error) || patience.IsOver) throw PostgreSqlErrors.Translate(error, this);
            }

            await patience.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs what may not be done twice: only what surely left no trace is repeated.</summary>
    internal ValueTask<T> OnceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellationToken) => RepeatAsync(
        async (connection, token) =>
        {
            try
            {
                return await run(connection, token).ConfigureAwait(false);
            }
            catch (Exception error) when (Troubles.Of(error) == Trouble.Away && error is not PostgresException)
            {
                throw PostgreSqlErrors.Unknown(error, this);
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_isOwned) await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Refuses new calls; those under way still have their connections.</summary>
    internal void Close() => _isDisposed = true;

    private bool MayRepeat(Exception error)
    {
        var trouble = Troubles.Of(error);
        if (trouble == Trouble.Away) StartOver();
        return trouble is Trouble.Away or Trouble.RolledBack or Trouble.Contended;
    }

    private async ValueTask PrepareAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isReady) return;
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var connectionEnd = connection.ConfigureAwait(false);
            await new SchemaKeeper(connection, this).BringUpToDateAsync(mayCreate, cancellationToken).ConfigureAwait(false);
            _isReady = true;
        }
        finally
        {
            _preparing.Release();
        }
    }
}
