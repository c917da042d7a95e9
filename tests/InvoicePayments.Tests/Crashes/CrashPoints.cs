namespace InvoicePayments.Tests;

/// <summary>
/// The places where a host can die, counted as it comes to them. At the chosen one it is gone: from then on none of its calls to the store
/// or to a gateway ever completes, so that even a dead host that a clock wakes up can do nothing.
/// </summary>
/// <param name="dieAt">At which point, from one; zero for a host that lives.</param>
/// <param name="onDeath">What dying is; in memory, never completing is all of it.</param>
internal sealed class CrashPoints(int dieAt, Action<string>? onDeath = null)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _passed = [];

    /// <summary>Done once the host is dead.</summary>
    public Task Died => _died.Task;

    public bool IsDead => _died.Task.IsCompleted;

    /// <summary>The points it came to, the last one included; a copy.</summary>
    public IReadOnlyList<string> Passed
    {
        get { lock (_lock) return [.. _passed]; }
    }

    /// <summary>A call with a point before it and one after it.</summary>
    public async Task<T> CallAsync<T>(string name, Func<Task<T>> call)
    {
        await PassAsync(name + ":before");
        var answer = await call();
        await PassAsync(name + ":after");
        return answer;
    }

    private Task PassAsync(string name)
    {
        lock (_lock)
        {
            if (IsDead) return Never();
            _passed.Add(name);
            if (_passed.Count != dieAt) return Task.CompletedTask;

            onDeath?.Invoke(name);
            _died.SetResult();
            return Never();
        }
    }

    private static Task Never() => new TaskCompletionSource().Task;
}
