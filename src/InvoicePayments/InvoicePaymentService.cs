using System.Diagnostics;

namespace InvoicePayments;

/// <summary>Load, decide, commit, ask, decide, commit. No rule lives here.</summary>
internal sealed class InvoicePaymentService(IInvoicePaymentStore store, GatewayCatalog gateways, InvoicePaymentsOptions options, TimeProvider time)
    : IInvoicePaymentService
{
    public Task<InvoiceResult> IssueAsync(IssueInvoice command, CancellationToken cancellationToken = default) => RunAsync(command, cancellationToken);

    public Task<PaymentResult> PayAsync(PayInvoice command, CancellationToken cancellationToken = default) => RunAsync(command, cancellationToken);

    public Task<PaymentResult> RecordOfflinePaymentAsync(RecordOfflinePayment command, CancellationToken cancellationToken = default) =>
        RunAsync(command, cancellationToken);

    public Task<PaymentResult> RefundAsync(RefundPayment command, CancellationToken cancellationToken = default) => RunAsync(command, cancellationToken);

    public Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default) => RunAsync(outcome, cancellationToken);

    public Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default) => RunAsync(command, cancellationToken);

    private async Task<TResult> RunAsync<TResult>(IDecidable<TResult> input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        TResult? underWay = default;
        while (true)
        {
            try
            {
                var (done, result) = await StepAsync().ConfigureAwait(false);
                if (done) return result!;
            }
            catch (PaymentStoreException) when (underWay is not null)
            {
                // The gateway has been asked, and its answer could not be stored: under way is the truth, and a resume finishes it.
                return underWay;
            }
        }

        async ValueTask<(bool Done, TResult? Result)> StepAsync()
        {
            var state = await store.LoadAsync(input.WhatToLoad(options.Policy), cancellationToken).ConfigureAwait(false);
            var decision = input.Decide(state, new(options.Policy, time.GetUtcNow(), gateways.Terms));
            var changes = decision switch
            {
                Decision<TResult>.Answer answer => answer.Changes,
                Decision<TResult>.Ask ask => ask.Changes,
                Decision<TResult>.Resolve resolve => resolve.Changes,
                _ => throw new UnreachableException(),
            };
            if (changes is not null && await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false) == CommitResult.Conflict) return (false, default);

            // From here on the caller's cancellation no longer counts: the gateway is being asked.
            switch (decision)
            {
                case Decision<TResult>.Answer answer:
                    return (true, answer.Result);
                case Decision<TResult>.Ask ask:
                    underWay = (TResult)(object)new PaymentResult.Processing { Operation = ask.Operation, Invoices = ask.Changes.Invoices };
                    var outcome = await gateways.ExecuteAsync(ask.Command).ConfigureAwait(false);
                    input = (IDecidable<TResult>)(object)new RecordOutcome
                    {
                        Tenant = input.Tenant, Operation = ask.Operation.Id, Gateway = ask.Command.Gateway, Outcome = outcome, Source = OutcomeSource.Answer,
                    };
                    break;
                case Decision<TResult>.Resolve resolve:
                    underWay = (TResult)(object)new PaymentResult.Processing { Operation = resolve.Operation, Invoices = state.Invoices, IsReplay = true };
                    var resolution = await gateways.ResolveAsync(resolve.Operation.Gateway!.Value, resolve.Trace).ConfigureAwait(false);
                    input = (IDecidable<TResult>)(object)new RecordResolution
                    {
                        Tenant = input.Tenant, Claimed = resolve.Operation, Resolution = resolution, ByCaller = resolve.ByCaller,
                    };
                    break;
                default:
                    throw new UnreachableException();
            }

            cancellationToken = CancellationToken.None;
            return (false, default);
        }
    }
}
