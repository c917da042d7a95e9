namespace InvoicePayments;

/// <content>What looks at things, or after them: queries, recovery, and methods on file.</content>
internal sealed partial class InvoicePaymentService
{
    public async Task<RecoveryReport> RecoverAsync(int limit = 100, int parallelism = 1, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parallelism, 64);
        var addresses = await Require(due).ListDueAsync(runtime.Time.GetUtcNow(), limit, cancellationToken).ConfigureAwait(false);
        var results = new PaymentResult?[addresses.Count];
        var failures = new RecoveryFailure?[addresses.Count];
        if (parallelism == 1)
            for (var i = 0; i < addresses.Count; i++) await RecoverAsync(i, cancellationToken).ConfigureAwait(false);
        else
            await Parallel.ForAsync(0, addresses.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, RecoverAsync).ConfigureAwait(false);

        var report = new RecoveryReport([.. results.OfType<PaymentResult>()]) { Failures = [.. failures.OfType<RecoveryFailure>()], Recalled = await RecallAsync(limit, cancellationToken).ConfigureAwait(false) };
        if (report.LookedAt > 0) runtime.Telemetry.Recovered(report.LookedAt, report.Finished);
        return report;

        // Begun is finished: the token counts between two of them. One that fails keeps no other waiting.
        async ValueTask RecoverAsync(int i, CancellationToken stopping)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                results[i] = await ResumeAsync(new() { Tenant = addresses[i].Tenant, Operation = addresses[i].Operation }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not ObjectDisposedException)
            {
                runtime.Telemetry.NotRecovered(addresses[i].Operation, failure);
                failures[i] = new(addresses[i], failure);
            }
        }
    }

    public async Task<PaymentMethodResult> SavePaymentMethodAsync(StoredPaymentMethod method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        var port = Require(methods);
        if (method.Problem(runtime.Options.Policy.AllowCardNumbersInText) is { } problem) return new PaymentMethodResult.Rejected(Rejection.TextInvalid, problem);
        return await port.SaveAsync(method, cancellationToken).ConfigureAwait(false) == CommitResult.Committed
            ? new PaymentMethodResult.Saved(method)
            : new PaymentMethodResult.Rejected(Rejection.PaymentMethodTaken, $"{Rejection.PaymentMethodTaken.Message} {Rejection.PaymentMethodTaken.WhatToDo}");
    }

    public async Task<Invoice?> GetInvoiceAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var state = await LoadAsync(new() { Tenant = tenant ?? TenantId.Default, Invoices = [invoice] }, cancellationToken).ConfigureAwait(false);
        return state.Find(invoice);
    }

    public async Task<PaymentPlan> QuoteAsync(IDecidable<PaymentResult> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        while (true)
        {
            var state = await LoadAsync(command.WhatToLoad(runtime.Options.Policy), cancellationToken).ConfigureAwait(false);
            var decision = command.Decide(state, runtime.Now);
            if (decision is not Decision<PaymentResult>.LoadMore more) return PaymentPlan.Of(decision);
            command = more.Again;
        }
    }

    public async Task<InvoiceExplanation?> ExplainAsync(InvoiceId invoice, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var state = await LoadAsync(new() { Tenant = tenant ?? TenantId.Default, Invoices = [invoice] }, cancellationToken).ConfigureAwait(false);
        return InvoiceExplanation.Of(state, invoice, runtime.Now);
    }

    public async Task<Payment?> GetPaymentAsync(PaymentId payment, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var state = await LoadAsync(new() { Tenant = tenant ?? TenantId.Default, Payment = payment }, cancellationToken).ConfigureAwait(false);
        return state.Find(payment);
    }

    public Task<Page<PaymentOperation>> ListOperationsAsync(
        InvoiceId invoice, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        return Require(queries).ListOperationsAsync(tenant ?? TenantId.Default, invoice, after, limit, cancellationToken).AsTask();
    }

    public Task<Page<InvoiceEvent>> ListFactsAsync(
        InvoiceId invoice, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        return Require(queries).ListFactsAsync(tenant ?? TenantId.Default, invoice, after, limit, cancellationToken).AsTask();
    }

    public async Task<AccountCredit> GetCreditAsync(
        AccountId account, Currency currency, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        var of = tenant ?? TenantId.Default;
        return await FindCreditAsync(new(account, currency), of, cancellationToken).ConfigureAwait(false) ?? new() { Tenant = of, Account = account, Currency = currency };
    }

    private async Task<AccountCredit?> FindCreditAsync(CreditAddress credit, TenantId tenant, CancellationToken cancellationToken) =>
        (await LoadAsync(new() { Tenant = tenant, Credit = credit }, cancellationToken).ConfigureAwait(false)).CreditOf(credit);

    public Task<Page<CreditEvent>> ListCreditFactsAsync(
        CreditAddress credit, long? after = null, int limit = 100, TenantId? tenant = null, CancellationToken cancellationToken = default)
    {
        RequireLimit(limit);
        return Require(credits).ListCreditFactsAsync(tenant ?? TenantId.Default, credit, after, limit, cancellationToken).AsTask();
    }

    private ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(runtime.IsDisposed, typeof(IInvoicePaymentService));
        return store.LoadAsync(request, cancellationToken);
    }

    private TPort Require<TPort>(TPort? port)
        where TPort : class
    {
        ObjectDisposedException.ThrowIf(runtime.IsDisposed, typeof(IInvoicePaymentService));
        return port ?? throw new InvalidOperationException($"The store {store.GetType().Name} does not implement {typeof(TPort).Name}, which this call needs.");
    }

    private static void RequireLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000);
    }
}
