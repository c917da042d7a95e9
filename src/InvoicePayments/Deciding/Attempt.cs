using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace InvoicePayments;

/// <summary>One try to decide and store something. Its turn may come at once, later, or be taken for it by somebody who is before it.</summary>
internal abstract class Attempt(LoadRequest request, KnownState? known, bool hasAsked, CancellationToken cancellationToken)
{
    private KnownState? _known = known;
    private InvoiceState? _decidedOn;
    private TaskCompletionSource<bool>? _turn;
    private int _isTaken;
    private Exception? _failure;

    internal LoadRequest Request => request;

    /// <summary>What was loaded, or known without that; null before.</summary>
    internal InvoiceState? State { get; private set; }

    /// <summary>Whether the decision counts; one that was made on what was known, and does not write all of that, has to be made anew.</summary>
    internal bool IsDecided { get; private set; }

    /// <summary>What is known once it is stored, for what comes after it; null when nothing does.</summary>
    internal KnownState? Known { get; private set; }

    /// <summary>Whether it is decided, and what was to be stored is stored. Otherwise it has to be tried again.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>What it wants to store; null when nothing changes.</summary>
    internal ChangeSet? Changes { get; private set; }

    internal bool HasFailed => _failure is not null;

    internal void WaitInLine(bool continueInline) =>
        _turn = new(continueInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when it is its own turn; false when somebody else has done it.</summary>
    internal async ValueTask<bool> TurnAsync()
    {
        using (cancellationToken.UnsafeRegister(static (attempt, token) => ((Attempt)attempt!).GiveUp(token), this))
            return await _turn!.Task.ConfigureAwait(false);
    }

    /// <summary>Takes it out of the line; false when it gave up waiting.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    internal void Lead() => _turn!.SetResult(true);

    internal void Serve() => _turn!.SetResult(false);

    internal async Task LoadAsync(IInvoicePaymentStore store)
    {
        try
        {
            var complete = _known is null ? null : await _known.CompleteAsync(request, store, cancellationToken).ConfigureAwait(false);
            if (complete is null) _known = null;
            State = complete ?? await store.LoadAsync(request, cancellationToken).ConfigureAwait(false);
            if (State.Damage is { } damage) throw new PaymentStoreException(PaymentStoreFailure.Corrupt, damage);
        }
        catch (Exception failure)
        {
            // Whoever is decided together with others fails alone.
            Fail(failure, ofStore: true);
        }
    }

    internal void Decide(InvoiceState state, DecisionContext context)
    {
        try
        {
            (_decidedOn, Changes) = (state, ChangesOf(state, context));
            IsDecided = _known is null || (Changes is not null && _known.IsWrittenBy(Changes));
            if (!IsDecided) _known = null;
        }
        catch (Exception bug)
        {
            Fail(bug, ofStore: false);
        }
    }

    internal async Task<bool> CommitAsync(IInvoicePaymentStore store)
    {
        try
        {
            IsDone = await store.CommitAsync(Changes!, cancellationToken).ConfigureAwait(false) == CommitResult.Committed;
        }
        catch (Exception failure)
        {
            Fail(failure, ofStore: true);
        }

        return IsDone;
    }

    /// <summary>What it wants to store is stored, or it is nothing.</summary>
    internal void Settle() => IsDone = true;

    /// <summary>It is stored: keeps what is known by that, if it goes on.</summary>
    internal void Remember(LastVersions versions)
    {
        versions.Stored(Changes!.Invoices);
        if (GoesOn && KnownState.After(Changes, _decidedOn!) is { } state) Known = new(state, versions);
    }

    internal void Fail(Exception failure, bool ofStore) => _failure = ofStore && hasAsked ? new StoreFailedAfterAsking(failure) : failure;

    internal void ThrowIfFailed()
    {
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }

    /// <summary>Whether a gateway is asked next, and what it says about this is decided then.</summary>
    protected abstract bool GoesOn { get; }

    /// <summary>Decides, keeps the decision, and says what it changes.</summary>
    protected abstract ChangeSet? ChangesOf(InvoiceState state, DecisionContext context);

    private void GiveUp(CancellationToken token)
    {
        if (TryTake()) _turn!.SetCanceled(token);
    }
}

/// <summary>One try to decide an input.</summary>
internal sealed class Attempt<TResult>(IDecidable<TResult> input, LoadRequest request, KnownState? known, bool hasAsked, CancellationToken cancellationToken)
    : Attempt(request, known, hasAsked, cancellationToken)
{
    /// <summary>What was decided last.</summary>
    internal Decision<TResult>? Decision { get; private set; }

    protected override bool GoesOn => Decision is Decision<TResult>.Ask;

    protected override ChangeSet? ChangesOf(InvoiceState state, DecisionContext context)
    {
        Decision = input.Decide(state, context);
        return Decision switch
        {
            Decision<TResult>.Answer answer => answer.Changes,
            Decision<TResult>.Park park => park.Changes,
            Decision<TResult>.LoadMore => null,
            Decision<TResult>.Ask ask => ask.Changes,
            Decision<TResult>.Resolve resolve => resolve.Changes,
            Decision<TResult>.Recall recall => recall.Changes,
            _ => throw new UnreachableException(),
        };
    }
}

/// <summary>Tells a failing store from a bug in a decision, which nobody may take for a payment under way.</summary>
internal sealed class StoreFailedAfterAsking(Exception failure) : Exception(null, failure);
