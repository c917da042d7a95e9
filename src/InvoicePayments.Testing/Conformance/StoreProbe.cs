namespace InvoicePayments;

/// <summary>A store under examination, with rows of its own and short names for what every check does.</summary>
internal sealed record StoreProbe(IInvoicePaymentStore Store, CancellationToken Token)
{
    public StoreSamples Rows { get; init; } = new();

    public StoreProbe With(IInvoicePaymentStore store) => this with { Store = store };

    public ValueTask<InvoiceState> LoadAsync(LoadRequest request) => Store.LoadAsync(request, Token);

    public ValueTask<CommitResult> CommitAsync(ChangeSet changes) => Store.CommitAsync(changes, Token);

    public async Task MustCommitAsync(ChangeSet changes, string what) => Expect.Committed(await CommitAsync(changes).ConfigureAwait(false), what);

    public async Task<Invoice?> InvoiceAsync(string id = "inv_1") => (await LoadAsync(Rows.Load(id)).ConfigureAwait(false)).Find(new InvoiceId(id));

    /// <summary>Commits an invoice, then a payment of it that is under way.</summary>
    public async Task<(Invoice Invoice, PaymentOperation Operation)> ReserveAsync(PaymentOperation? operation = null)
    {
        var invoice = Rows.Invoice();
        operation ??= Rows.Operation();
        await MustCommitAsync(Rows.Changes(invoice), "a new invoice").ConfigureAwait(false);
        var changes = Rows.Reserve(invoice, operation);
        await MustCommitAsync(changes, "a new operation").ConfigureAwait(false);
        return (changes.Invoices[0], operation);
    }

    /// <summary>The store as another port; every store of a host that recovers implements them all.</summary>
    public TPort As<TPort>()
        where TPort : class => Store as TPort ?? throw new ConformanceException($"the store does not implement {typeof(TPort).Name}.");

    /// <summary>Runs the same thing many times at once, as hosts do.</summary>
    public static async Task<IReadOnlyList<T>> AtOnceAsync<T>(int times, Func<int, Task<T>> run)
    {
        using var start = new SemaphoreSlim(0);
        var runs = Enumerable.Range(0, times).Select(i => Task.Run(async () =>
        {
            await start.WaitAsync().ConfigureAwait(false);
            return await run(i).ConfigureAwait(false);
        })).ToList();
        start.Release(times);
        return await Task.WhenAll(runs).ConfigureAwait(false);
    }
}
