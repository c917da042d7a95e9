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

    public Task<PaymentResult> RecordOutcomeAsync(RecordOutcome outcome, CancellationToken cancellationToken = default) => RunAsync(outcome, cancellationToken);

    public Task<PaymentResult> ResumeAsync(ResumeOperation command, CancellationToken cancellationToken = default) => RunAsync(command, cancellationToken);

    private async Task<TResult> RunAsync<TResult>(IDecidable<TResult> input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        while (true)
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
            if (changes is not null && await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false) == CommitResult.Conflict) continue;

            // From here on the caller's cancellation no longer counts: the gateway is being asked.
            switch (decision)
            {
                case Decision<TResult>.Answer answer:
                    return answer.Result;
                case Decision<TResult>.Ask ask:
                    var outcome = await gateways.ExecuteAsync(ask.Command).ConfigureAwait(false);
                    input = (IDecidable<TResult>)(object)new RecordOutcome
                    {
                        Tenant = input.Tenant, Operation = ask.Operation.Id, Gateway = ask.Command.Gateway, Outcome = outcome, Source = OutcomeSource.Answer,
                    };
                    break;
                case Decision<TResult>.Resolve resolve:
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
        }
    }
}
