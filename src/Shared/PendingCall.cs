using System.Threading.Tasks.Sources;

namespace InvoicePayments;

/// <summary>
/// A caller waiting for a lane of a store. It may give up only until the lane has taken its call up. Each store has a copy of its own, so that no
/// package depends on what is internal to another.
/// </summary>
internal abstract class PendingCall<TResult> : IValueTaskSource<TResult>
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;

    // The lane must not run what its callers do next.
    private ManualResetValueTaskSourceCore<TResult> _answer = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _givingUp;
    private int _state;

    internal ValueTask<TResult> Answer => new(this, _answer.Version);

    /// <summary>Whether the lane has answered it.</summary>
    internal bool IsAnswered { get; private set; }

    /// <summary>From now on the caller may give up. To be called once, before the lane knows of the call.</summary>
    internal void MayGiveUp(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            _givingUp = cancellationToken.UnsafeRegister(static (self, token) => ((PendingCall<TResult>)self!).GiveUp(token), this);
    }

    /// <summary>False when the caller gave up before.</summary>
    internal bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting)
        {
            Left();
            return false;
        }

        _givingUp.Unregister();
        return true;
    }

    internal void Succeed(TResult result)
    {
        IsAnswered = true;
        Left();
        _answer.SetResult(result);
    }

    internal void Fail(Exception error)
    {
        IsAnswered = true;
        Left();
        _answer.SetException(error);
    }

    /// <summary>For a call that should have been answered long ago.</summary>
    internal void FailUnlessAnswered(Exception error)
    {
        if (!IsAnswered) Fail(error);
    }

    /// <summary>The lane needs nothing of it any more.</summary>
    protected virtual void Left()
    {
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private void GiveUp(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting) _answer.SetException(new OperationCanceledException(token));
    }
}
