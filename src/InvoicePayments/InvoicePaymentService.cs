namespace InvoicePayments;

/// <summary>The facade: each verb hands its command to the loop. No rule lives here.</summary>
internal sealed partial class InvoicePaymentService(
    PaymentRuntime runtime, IInvoicePaymentStore store, IInvoicePaymentQueries? queries, IDueOperations? due, IPaymentMethodStore? methods,
    ICustomerResources? customers = null, IOutbox? outbox = null, IEventPublisher? publisher = null, IDueInvoices? dueInvoices = null,
    IAccountCreditQueries? credits = null, IGatewayMovements? movements = null, IParkedOutcomes? parked = null, IRetention? retention = null)
    : IInvoicePaymentService
{
    private readonly DecisionLoop _loop = new(store, runtime);

    public Task<InvoiceResult> IssueAsync(IssueInvoice command, CancellationToken cancellationToken = default) => RunAsync("issue", command, cancellationToken);

    public Task<InvoiceResult> RequestPaymentAsync(RequestPayment command, CancellationToken cancellationToken = default) =>
        RunAsync("request_payment", command, cancellationToken);

    public async Task<PaymentResult> PayAsync(PayInvoice command, CancellationToken cancellationToken = default) =>
        await WithCustomerAsync(await RunAsync("pay", command, cancellationToken).ConfigureAwait(false), command.Account, cancellationToken).ConfigureAwait(false);

    public async Task<PaymentResult> CreatePaymentAsync(CreatePayment command, CancellationToken cancellationToken = default) =>
        await WithCustomerAsync(await RunAsync("create_payment", command, cancellationToken).ConfigureAwait(false), command.Account, cancellationToken).ConfigureAwait(false);

    public Task<PaymentResult> RecordOfflinePaymentAsync(RecordOfflinePayment command, CancellationToken cancellationToken = default) =>
        RunAsync("record_offline_payment", command, cancellationToken);

    public Task<PaymentResult> CaptureAsync(CapturePayment command, CancellationToken cancellationToken = default) => RunAsync("capture", command, cancellationToken);

    public Task<PaymentResult> VoidPaymentAsync(VoidPayment command, CancellationToken cancellationToken = default) =>
        RunAsync("void_payment", command, cancellationToken);

    public Task<PaymentResult> RefundAsync(RefundPayment command, CancellationToken cancellationToken = default) => RunAsync("refund", command, cancellationToken);

    public Task<InvoiceResult> VoidAsync(VoidInvoice command, CancellationToken cancellationToken = default) => RunAsync("void", command, cancellationToken);

    public Task<InvoiceResult> MarkUncollectibleAsync(MarkUncollectible command, CancellationToken cancellationToken = default) =>
        RunAsync("mark_uncollectible", command, cancellationToken);

    public Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default) =>
        RunAsync("record_outcome", outcome, cancellationToken);

    public Task<PaymentResult> RecordDisputeAsync(RecordDispute notice, CancellationToken cancellationToken = default) =>
        RunAsync("record_dispute", notice, cancellationToken);

    public Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default) => RunAsync("resume", command, cancellationToken);

    public async Task<PaymentResult> SettleAsync(SettleOperation command, CancellationToken cancellationToken = default)
    {
        var settled = await RunAsync("settle", command, cancellationToken).ConfigureAwait(false);
        return await WithKeptNewsAsync(settled).ConfigureAwait(false);
    }

    private async Task<PaymentResult> RunAsync(string verb, IDecidable<PaymentResult> input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(runtime.IsDisposed, typeof(IInvoicePaymentService));
        using var watch = runtime.Telemetry.Serving(verb);
        var result = await _loop.RunAsync(input, cancellationToken).ConfigureAwait(false);
        if (result.IsReplay) runtime.Telemetry.Replayed();
        watch.Answered(result.Status);
        return result;
    }

    private async Task<InvoiceResult> RunAsync(string verb, IDecidable<InvoiceResult> input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(runtime.IsDisposed, typeof(IInvoicePaymentService));
        using var watch = runtime.Telemetry.Serving(verb);
        var result = await _loop.RunAsync(input, cancellationToken).ConfigureAwait(false);
        watch.Answered(result is InvoiceResult.Done ? "done" : "rejected");
        return result;
    }

    private async Task<PaymentResult> WithCustomerAsync(PaymentResult result, AccountId? caller, CancellationToken cancellationToken)
    {
        if (customers is null || result.CustomerOf(caller) is not { } account) return result;
        try
        {
            return result.With(await customers.CreateAsync(result.Payment!.Tenant, account, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            // The money has moved: whatever the host's hook does, that is the answer.
            runtime.Telemetry.CustomerResourceFailed(result.Operation!.Id, failure);
            return result;
        }
    }
}
