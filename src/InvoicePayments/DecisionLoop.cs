using System.Diagnostics;

namespace InvoicePayments;

/// <summary>Load, decide, commit, ask, decide, commit. The gateway's answer goes in at the same door as everything else.</summary>
internal sealed class DecisionLoop(IInvoicePaymentStore store, PaymentRuntime runtime)
{
    internal async Task<InvoiceResult> RunAsync(IDecidable<InvoiceResult> command, CancellationToken cancellationToken) =>
        await CommitAsync(command, hasAsked: false, cancellationToken).ConfigureAwait(false) switch
        {
            null => new InvoiceResult.Rejected(Rejection.Busy, $"{Rejection.Busy.Message} {Rejection.Busy.WhatToDo}"),
            Decision<InvoiceResult>.Answer answer => answer.Result,
            _ => throw new UnreachableException(),
        };

    internal async Task<PaymentResult> RunAsync(IDecidable<PaymentResult> input, CancellationToken cancellationToken)
    {
        PaymentResult? underWay = null;
        while (true)
        {
            Decision<PaymentResult>? decision;
            try
            {
                decision = await CommitAsync(input, hasAsked: underWay is not null, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreFailedAfterAsking failed)
            {
                // The gateway has been asked, and its answer could not be stored: under way is the truth, and recovery finishes it.
                runtime.Telemetry.StoreFailedAfterAsking(underWay!.Operation!.Id, failed.InnerException!);
                return underWay;
            }

            switch (decision)
            {
                case null:
                    return underWay ?? new PaymentResult.Rejected(Rejection.Busy, $"{Rejection.Busy.Message} {Rejection.Busy.WhatToDo}");
                case Decision<PaymentResult>.Answer answer:
                    return answer.Result;
                case Decision<PaymentResult>.Park park:
                    input = park.Again;
                    continue;
                case Decision<PaymentResult>.Ask ask:
                    underWay = new PaymentResult.Processing { Operation = ask.Operation, Payment = PaymentOf(ask.Changes, ask.Operation), Invoices = ask.Changes.Invoices };
                    input = await AskAsync(ask).ConfigureAwait(false);
                    break;
                case Decision<PaymentResult>.Resolve resolve:
                    underWay = new PaymentResult.Processing { Operation = resolve.Operation, Invoices = resolve.Changes.Invoices, IsReplay = true };
                    input = await ResolveAsync(resolve).ConfigureAwait(false);
                    break;
                case Decision<PaymentResult>.Recall recall:
                    underWay = new PaymentResult.Processing { Operation = recall.Operation, IsReplay = true };
                    foreach (var heard in recall.Heard) await HearAsync(recall.Operation, heard).ConfigureAwait(false);
                    input = new ResumeOperation { Tenant = recall.Operation.Tenant, Operation = recall.Operation.Id, ByCaller = recall.ByCaller, HasHeard = true };
                    break;
                default:
                    throw new UnreachableException();
            }

            // From here on the caller's cancellation no longer counts: the gateway has been asked.
            cancellationToken = CancellationToken.None;
        }
    }

    private async Task<RecordOutcome> AskAsync(Decision<PaymentResult>.Ask ask)
    {
        var outcome = await runtime.Gateways.ExecuteAsync(ask.Operation, ask.Command).ConfigureAwait(false);
        return Said(ask.Operation, ask.Command.Gateway, outcome, OutcomeSource.Answer);
    }

    private async Task<RecordResolution> ResolveAsync(Decision<PaymentResult>.Resolve resolve)
    {
        var askedAt = runtime.Time.GetUtcNow();
        var resolution = await runtime.Gateways.ResolveAsync(resolve.Operation, resolve.Trace, resolve.Cancel).ConfigureAwait(false);
        return new() { Tenant = resolve.Operation.Tenant, Claimed = resolve.Operation, Resolution = resolution, AskedAt = askedAt, ByCaller = resolve.ByCaller };
    }

    private Task<Decision<PaymentResult>?> HearAsync(PaymentOperation operation, ParkedOutcome heard) =>
        CommitAsync(Said(operation, heard.Gateway, heard.Outcome!, OutcomeSource.Webhook), hasAsked: false, CancellationToken.None);

    private static RecordOutcome Said(PaymentOperation operation, GatewayName gateway, GatewayOutcome outcome, OutcomeSource source) =>
        new() { Tenant = operation.Tenant, Operation = operation.Id, Gateway = gateway, Outcome = outcome, Source = source };

    private static Payment? PaymentOf(ChangeSet changes, PaymentOperation operation) => changes.Payments.FirstOrDefault(p => p.Id == operation.Payment);

    /// <summary>Loads, decides and commits, and on conflict does so again. Null after too many conflicts in a row, and then nothing is stored.</summary>
    private async Task<Decision<TResult>?> CommitAsync<TResult>(IDecidable<TResult> input, bool hasAsked, CancellationToken cancellationToken)
    {
        var request = input.WhatToLoad(runtime.Options.Policy);
        for (var conflicts = 0; conflicts < runtime.Options.ConflictLimit; conflicts++)
        {
            using var turn = conflicts == 0 ? default : await runtime.Turnstile.EnterAsync(request, cancellationToken).ConfigureAwait(false);
            var state = await CallAsync(() => LoadAsync(request, cancellationToken), hasAsked).ConfigureAwait(false);
            var decision = input.Decide(state, runtime.Now);
            if (ChangesOf(decision) is not { } changes) return decision;
            if (await CallAsync(() => store.CommitAsync(changes, cancellationToken), hasAsked).ConfigureAwait(false) == CommitResult.Committed)
            {
                Notice(changes);
                return decision;
            }

            runtime.Telemetry.Conflict();
        }

        runtime.Telemetry.TooManyConflicts(runtime.Options.ConflictLimit);
        return null;
    }

    private async ValueTask<InvoiceState> LoadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        var state = await store.LoadAsync(request, cancellationToken).ConfigureAwait(false);
        return state.Damage is { } damage ? throw new PaymentStoreException(PaymentStoreFailure.Corrupt, damage) : state;
    }

    private static async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, bool hasAsked)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception failure) when (hasAsked)
        {
            throw new StoreFailedAfterAsking(failure);
        }
    }

    private static ChangeSet? ChangesOf<TResult>(Decision<TResult> decision) => decision switch
    {
        Decision<TResult>.Answer answer => answer.Changes,
        Decision<TResult>.Park park => park.Changes,
        Decision<TResult>.Ask ask => ask.Changes,
        Decision<TResult>.Resolve resolve => resolve.Changes,
        Decision<TResult>.Recall recall => recall.Changes,
        _ => throw new UnreachableException(),
    };

    private void Notice(ChangeSet changes)
    {
        foreach (var change in changes.Operations)
            if (change.Operation.Status == OperationStatus.NeedsAttention) runtime.Telemetry.NeedsAttention(change.Operation);
    }

    /// <summary>Tells a failing store from a bug in a decision, which nobody may take for a payment under way.</summary>
    private sealed class StoreFailedAfterAsking(Exception failure) : Exception(null, failure);
}
