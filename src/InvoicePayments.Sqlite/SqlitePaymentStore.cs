namespace InvoicePayments;

/// <summary>
/// Keeps invoices and payments in one SQLite file. Several processes may use the file at once; in one process there should be one
/// instance per file, because it is the instance that writes concurrent commits together and so shares the disk's flush among them.
/// The file and its schema are made on first use; the folder must exist.
/// </summary>
public sealed partial class SqlitePaymentStore
    : ICommitInOrder, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IOutbox, IDueInvoices, IAccountCreditQueries, IGatewayMovements,
      IParkedOutcomes, IRetention, IAsyncDisposable, IDisposable
{
    private readonly SqliteConnections _connections;
    private readonly WriterLane _lane;

    /// <summary>A store over the file that <paramref name="connectionString"/> names. Nothing is opened before the first call.</summary>
    /// <param name="connectionString">For example <c>Data Source=/var/lib/shop/payments.db</c>.</param>
    /// <param name="options">How it works; the defaults are the safe ones.</param>
    /// <exception cref="ArgumentException">It names no file, or a database in memory; the message says what to do.</exception>
    public SqlitePaymentStore(string connectionString, SqlitePaymentStoreOptions? options = null)
    {
        _connections = new(new(connectionString, options ?? new()));
        _lane = new(_connections);
    }

    /// <inheritdoc/>
    public ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        _connections.ThrowIfDisposed();
        return _lane.LoadAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        _connections.ThrowIfDisposed();
        return await _lane.WriteAsync(new PreparedChanges(changes), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<int> CommitInOrderAsync(IReadOnlyList<ChangeSet> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        _connections.ThrowIfDisposed();
        if (changes.Count == 0) return 0;
        return await _lane.WriteAsync(new PreparedChain(changes), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        _connections.ThrowIfDisposed();
        return await _lane.WriteAsync(new PreparedMethod(method), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<Page<PaymentOperation>> ListOperationsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Operations(session, tenant, invoice, after, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Page<InvoiceEvent>> ListFactsAsync(
        TenantId tenant, InvoiceId invoice, long? after, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Facts(session, tenant, invoice, after, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.CreditFacts(session, tenant, credit, after, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OperationAddress>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Due(session, now, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken)
    {
        StoreQueries.CheckedLimit(limit);
        return _connections.ReadAsync(session => StoreQueries.Movements(session, tenant, gateway, from, until, after, limit), cancellationToken);
    }

    /// <summary>Accepts no more calls, finishes the commits it has accepted, and lets go of the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        _lane.Close();
        await _lane.Closed.ConfigureAwait(false);
    }

    /// <summary>The same as <see cref="DisposeAsync"/>, waiting for it; for hosts that cannot await.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
