using System.Threading.Tasks.Sources;

namespace InvoicePayments;

/// <summary>Somebody who wants something of the lane. Whoever waits may give up only until the lane has taken the call up.</summary>
internal abstract class PendingCall<TResult> : IValueTaskSource<TResult>
{
    private const int Waiting = 0, Taken = 1, GivenUp = 2;

    // The lane must not run what its callers do next.
    private ManualResetValueTaskSourceCore<TResult> _answer = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _givingUp;
    private int _state;

    internal ValueTask<TResult> Answer => new(this, _answer.Version);

    /// <summary>From now on the caller may give up. To be called once, before the lane knows of the call.</summary>
    internal void MayGiveUp(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            _givingUp = cancellationToken.UnsafeRegister(static (self, token) => ((PendingCall<TResult>)self!).GiveUp(token), this);
    }

    /// <summary>False when the caller gave up before.</summary>
    internal bool TryTake()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting) return false;
        _givingUp.Unregister();
        return true;
    }

    internal void Fail(Exception error) => _answer.SetException(error);

    protected void Succeed(TResult result) => _answer.SetResult(result);

    TResult IValueTaskSource<TResult>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private void GiveUp(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting) _answer.SetException(new OperationCanceledException(token));
    }
}
