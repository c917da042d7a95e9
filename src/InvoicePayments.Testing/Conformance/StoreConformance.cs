namespace InvoicePayments;

/// <summary>
/// The promises of <see cref="IInvoicePaymentStore"/> and of the ports that a store implements beside it, as checks that run under any
/// test framework. Every check uses tenants that nobody else uses, so the store may be one that is shared and already full.
/// </summary>
public sealed partial class StoreConformance
{
    private readonly Func<CancellationToken, ValueTask<IInvoicePaymentStore>> _open;
    private readonly Func<IInvoicePaymentStore, CancellationToken, ValueTask<IInvoicePaymentStore>>? _reopen;

    /// <summary>The kit for the stores that <paramref name="open"/> opens.</summary>
    /// <param name="open">Opens the store; called once per check. It stays the host's: the kit disposes nothing.</param>
    /// <param name="reopen">Closes the store it is given and opens the same one again, as a restarted host would; without it that promise is not checked.</param>
    public StoreConformance(
        Func<CancellationToken, ValueTask<IInvoicePaymentStore>> open,
        Func<IInvoicePaymentStore, CancellationToken, ValueTask<IInvoicePaymentStore>>? reopen = null)
    {
        _open = open ?? throw new ArgumentNullException(nameof(open));
        _reopen = reopen;
        Checks = [.. Rows(), .. Versions(), .. InOrder(), .. Loads(), .. Lists(), .. Outbox(), .. DueInvoices(), .. Extremes(), .. Credits()];
    }

    /// <summary>All checks.</summary>
    public IReadOnlyList<ConformanceCheck> Checks { get; }

    /// <summary>Runs all checks, one after the other, and reports.</summary>
    public Task<ConformanceReport> RunAllAsync(CancellationToken cancellationToken = default) => ConformanceReport.RunAsync(Checks, cancellationToken);

    private ConformanceCheck Check(string name, string sentence, Func<StoreProbe, Task> run) => new(name, sentence, async cancellationToken =>
    {
        var store = await _open(cancellationToken).ConfigureAwait(false);
        await run(new(store, cancellationToken)).ConfigureAwait(false);
    });

    private ConformanceCheck Reopen() => Check("SurvivesReopening", "What is committed is there after the store was closed and opened again.", async kit =>
    {
        var (invoice, operation) = await kit.ReserveAsync().ConfigureAwait(false);
        var again = kit.With(await _reopen!(kit.Store, kit.Token).ConfigureAwait(false));
        var state = await again.LoadAsync(kit.Rows.LoadOperation(operation.Id)).ConfigureAwait(false);
        Expect.Same(invoice, state.Find(invoice.Id), StoreJson.Default.Invoice, "the invoice");
        Expect.Same(operation, state.Find(operation.Id), StoreJson.Default.PaymentOperation, "the operation");
        Expect.Equal(1, state.Commands.Count, "the number of commands");
    });
}
