using System.Diagnostics;

namespace InvoicePayments;

/// <summary>Load, decide, commit, ask, decide, commit. The gateway's answer goes in at the same door as everything else.</summary>
internal sealed class DecisionLoop(IInvoicePaymentStore store, PaymentRuntime runtime)
{
    private readonly DecisionLanes _lanes = runtime.LanesOf(store);

    internal async Task<InvoiceResult> RunAsync(IDecidable<InvoiceResult> command, CancellationToken cancellationToken) =>
        (await CommitAsync(command, null, null, hasAsked: false, cancellationToken).ConfigureAwait(false))?.Decision switch
        {
            null => new InvoiceResult.Rejected(Rejection.Busy, $"{Rejection.Busy.Message} {Rejection.Busy.WhatToDo}"),
            Decision<InvoiceResult>.Answer answer => answer.Result,
            _ => throw new UnreachableException(),
        };

    internal async Task<PaymentResult> RunAsync(IDecidable<PaymentResult> input, CancellationToken cancellationToken)
    {
        PaymentResult? underWay = null;
        PaymentOperation? about = null;
        KnownState? known = null;
        while (true)
        {
            Attempt<PaymentResult>? attempt;
            try
            {
                attempt = await CommitAsync(input, about, known, hasAsked: underWay is not null, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreFailedAfterAsking failed)
            {
                // The gateway has been asked, and its answer could not be stored: under way is the truth, and recovery finishes it.
                runtime.Telemetry.StoreFailedAfterAsking(underWay!.Operation!.Id, failed.InnerException!);
                return underWay;
            }

            known = attempt?.Known;
            switch (attempt?.Decision)
            {
                case null:
                    return underWay ?? new PaymentResult.Rejected(Rejection.Busy, $"{Rejection.Busy.Message} {Rejection.Busy.WhatToDo}");
                case Decision<PaymentResult>.Answer answer:
                    return answer.Result;
                case Decision<PaymentResult>.Park park:
                    input = park.Again;
                    continue;
                case Decision<PaymentResult>.LoadMore more:
                    input = more.Again;
                    continue;
                case Decision<PaymentResult>.Ask ask:
                    underWay = new PaymentResult.Processing { Operation = ask.Operation, Payment = PaymentOf(ask.Changes, ask.Operation), Invoices = ask.Changes.Invoices };
                    input = await AskAsync(about = ask.Operation, ask.Command).ConfigureAwait(false);
                    break;
                case Decision<PaymentResult>.Resolve resolve:
                    underWay = new PaymentResult.Processing { Operation = resolve.Operation, Invoices = resolve.Changes.Invoices, IsReplay = true };
                    about = resolve.Operation;
                    input = await ResolveAsync(resolve).ConfigureAwait(false);
                    break;
                case Decision<PaymentResult>.Recall recall:
                    underWay = new PaymentResult.Processing { Operation = recall.Operation, IsReplay = true };
                    about = recall.Operation;
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

    private async Task<RecordOutcome> AskAsync(PaymentOperation operation, GatewayCommand command)
    {
        var outcome = await runtime.Gateways.ExecuteAsync(operation, command).ConfigureAwait(false);
        return Said(operation, command.Gateway, outcome, OutcomeSource.Answer);
    }

    private async Task<RecordResolution> ResolveAsync(Decision<PaymentResult>.Resolve resolve)
    {
        var askedAt = runtime.Time.GetUtcNow();
        var resolution = await runtime.Gateways.ResolveAsync(resolve.Operation, resolve.Trace, resolve.Cancel).ConfigureAwait(false);
        return new() { Tenant = resolve.Operation.Tenant, Claimed = resolve.Operation, Resolution = resolution, AskedAt = askedAt, ByCaller = resolve.ByCaller };
    }

    private Task<Attempt<PaymentResult>?> HearAsync(PaymentOperation operation, ParkedOutcome heard) =>
        CommitAsync(Said(operation, heard.Gateway, heard.Outcome!, OutcomeSource.Webhook), operation, null, hasAsked: false, CancellationToken.None);

    private static RecordOutcome Said(PaymentOperation operation, GatewayName gateway, GatewayOutcome outcome, OutcomeSource source) =>
        new() { Tenant = operation.Tenant, Operation = operation.Id, Gateway = gateway, Outcome = outcome, Source = source };

    private static Payment? PaymentOf(ChangeSet changes, PaymentOperation operation) => changes.Payments.FirstOrDefault(p => p.Id == operation.Payment);

    /// <summary>
    /// Loads, unless it is <paramref name="known"/>, decides and commits, and on conflict loads and does so again. Null after too many conflicts in
    /// a row, and then nothing is stored.
    /// </summary>
    private async Task<Attempt<TResult>?> CommitAsync<TResult>(
        IDecidable<TResult> input, PaymentOperation? about, KnownState? known, bool hasAsked, CancellationToken cancellationToken)
    {
        var request = input.WhatToLoad(runtime.Options.Policy);
        var line = about is null ? LaneKey.Of(request) : LaneKey.Of(about);
        for (var conflicts = 0; conflicts < runtime.Options.ConflictLimit; conflicts++)
        {
            var attempt = new Attempt<TResult>(input, request, known, hasAsked, cancellationToken);
            await _lanes.RunAsync(attempt, line).ConfigureAwait(false);
            if (attempt.IsDone)
            {
                if (attempt.Changes is { } changes) Notice(changes);
                return attempt;
            }

            known = null;
            runtime.Telemetry.Conflict();
            line = LaneKey.Of(attempt.State) ?? line;
        }

        runtime.Telemetry.TooManyConflicts(runtime.Options.ConflictLimit);
        return null;
    }

    private void Notice(ChangeSet changes)
    {
        foreach (var change in changes.Operations)
            if (change.Operation.Status == OperationStatus.NeedsAttention) runtime.Telemetry.NeedsAttention(change.Operation);
    }
}
