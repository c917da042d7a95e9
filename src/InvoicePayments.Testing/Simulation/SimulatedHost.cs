namespace InvoicePayments;

/// <summary>A host: the real service over its own connection to the store and the gateway, with its own clock. It dies, sleeps and starts anew.</summary>
internal sealed class SimulatedHost(World world, string name, TimeSpan skew)
{
    internal string Name { get; } = name;

    internal TimeSpan Skew { get; } = skew;

    /// <summary>Which life it is in; what a former life was waiting for never comes.</summary>
    internal int Life { get; private set; }

    internal bool IsAlive { get; private set; }

    internal long SleepsUntil { get; set; }

    internal IInvoicePaymentService Service { get; private set; } = null!;

    internal void Start()
    {
        (Life, IsAlive, SleepsUntil) = (Life + 1, true, 0);
        var clock = new HostClock(world, this);
        var store = new HostStore(world, this);
        var gateway = new HostGateway(world, this);
        Service = world.ServiceOf(clock, store, gateway, new(world, this));
    }

    internal void Die() => IsAlive = false;

    internal bool IsAt(int life) => IsAlive && Life == life;
}

/// <summary>A host's clock: the world's time with the host's own error. Its timers end with the host.</summary>
internal sealed class HostClock(World world, SimulatedHost host) : TimeProvider
{
    private readonly EventQueue _queue = world.Queue;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(_queue.Now, TimeSpan.Zero) + host.Skew;

    public override long GetTimestamp() => _queue.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(_queue, host, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(EventQueue queue, SimulatedHost host, TimerCallback callback, object? state) : ITimer
    {
        private SimulatedEvent? _next;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime >= TimeSpan.Zero) _next = queue.Add(dueTime, host, () => callback(state));
            return true;
        }

        public void Dispose()
        {
            if (_next is not null) queue.Remove(_next);
            _next = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The world's own clock, which the gateway goes by.</summary>
internal sealed class WorldClock(EventQueue queue) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(queue.Now, TimeSpan.Zero);

    public override long GetTimestamp() => queue.Now;
}
