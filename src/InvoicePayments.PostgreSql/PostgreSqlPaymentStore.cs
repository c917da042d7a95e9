using Npgsql;

namespace InvoicePayments;

/// <summary>
/// Keeps invoices and payments in PostgreSQL, for any number of hosts. In one process there should be one instance per database, because it is the
/// instance that answers concurrent loads in one round trip and stores concurrent commits in one transaction, each for itself. The schema is made
/// on first use.
/// </summary>
public sealed partial class PostgreSqlPaymentStore
    : ICommitInOrder, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IOutbox, IDueInvoices, IAccountCreditQueries, IGatewayMovements,
      IParkedOutcomes, IRetention, IAsyncDisposable, IDisposable
{
    private readonly PostgreSqlDatabase _database;
    private readonly LoadLanes _loads;
    private readonly CommitLanes _commits;
    private readonly StoreLists _lists;
    private readonly StoreOutbox _outbox;
    private readonly StoreMethods _methods;
    private readonly StoreParked _parked;

    /// <summary>A store over the database that <paramref name="connectionString"/> names, with a pool of its own. Nothing is opened before the first call.</summary>
    /// <param name="connectionString">For example <c>Host=db;Database=shop;Username=payments;Password=…</c>; several hosts may be named.</param>
    /// <param name="options">How it works; the defaults are the safe ones.</param>
    /// <exception cref="ArgumentException">It is no connection string or names no host, or an option is out of range; the message says what to do.</exception>
    public PostgreSqlPaymentStore(string connectionString, PostgreSqlPaymentStoreOptions? options = null)
        : this(new PostgreSqlDatabase(ConnectionSettings.Open(connectionString), isOwned: true, options ?? new()))
    {
    }

    /// <summary>A store over the host's own data source, which stays the host's.</summary>
    /// <param name="dataSource">Where connections come from.</param>
    /// <param name="options">How it works; the defaults are the safe ones.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message says what to do.</exception>
    public PostgreSqlPaymentStore(NpgsqlDataSource dataSource, PostgreSqlPaymentStoreOptions? options = null)
        : this(new PostgreSqlDatabase(dataSource ?? throw new ArgumentNullException(nameof(dataSource)), isOwned: false, options ?? new()))
    {
    }

    private PostgreSqlPaymentStore(PostgreSqlDatabase database)
    {
        _database = database;
        _lists = new(database);
        _outbox = new(database, _lists);
        _methods = new(database);
        _parked = new(database);
        _loads = new(database);
        _commits = new(database);
    }

    /// <summary>Makes the schema, or brings it up to date; does nothing when it is. The first call does the same, unless <see cref="PostgreSqlPaymentStoreOptions.CreateSchema"/> is false.</summary>
    /// <exception cref="PaymentStoreException">It is newer than this library, or cannot be made.</exception>
    public async Task EnsureSchemaAsync(CancellationToken cancellationToken = default) =>
        await _database.EnsureSchemaAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        _database.ThrowIfDisposed();
        return _loads.LoadAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ChangeSets.RequireOneTenant(changes);
        _database.ThrowIfDisposed();
        return _commits.CommitAsync(changes, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Something in a change set belongs to another tenant.</exception>
    public ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var set in changes) ChangeSets.RequireOneTenant(set);
        _database.ThrowIfDisposed();
        return _commits.CommitInOrderAsync(changes, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        return _methods.SaveAsync(method, cancellationToken);
    }

    /// <summary>Accepts no more calls, finishes the commits it has accepted, and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _database.Close();
        _loads.Close();
        _commits.Close();
        await Task.WhenAll(_loads.Closed, _commits.Closed).ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The same as <see cref="DisposeAsync"/>, waiting for it; for hosts that cannot await.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
