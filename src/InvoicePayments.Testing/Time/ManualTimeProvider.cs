using System.Globalization;

namespace InvoicePayments;

/// <summary>
/// A clock that stands still until a test moves it. The members have the names of Microsoft's FakeTimeProvider, so that a host may use
/// either. Timers made from it (<c>Task.Delay</c>, <see cref="CancellationTokenSource"/>, <see cref="PeriodicTimer"/>) fire while it is
/// moved, in order, each with the clock at its own due time. It never goes backwards.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;
    private TimeSpan _autoAdvance;
    private long _lastTimer;

    /// <summary>A clock that shows midnight of 1 January 2026, UTC.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that shows <paramref name="start"/>.</summary>
    public ManualTimeProvider(DateTimeOffset start) => (Start, _now) = (start.ToUniversalTime(), start.ToUniversalTime());

    /// <summary>What the clock showed first, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How far every reading of the time moves the clock. Zero by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative: the clock never goes backwards.</exception>
    public TimeSpan AutoAdvanceAmount
    {
        get => _autoAdvance;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _autoAdvance = value;
        }
    }

    /// <summary>Ten million per second: one tick of <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, so that no test depends on where it runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>What the clock shows, UTC; afterwards it moves by <see cref="AutoAdvanceAmount"/>.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset shown;
        lock (_lock) shown = _now;
        if (_autoAdvance > TimeSpan.Zero) Advance(_autoAdvance);
        return shown;
    }

    /// <summary>The ticks of what the clock shows. It does not move the clock.</summary>
    public override long GetTimestamp()
    {
        lock (_lock) return _now.UtcTicks;
    }

    /// <summary>Moves the clock by <paramref name="delta"/> and fires the timers that become due.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is negative.</exception>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_lock) target = _now + delta;
        MoveTo(target);
    }

    /// <summary>Moves the clock to <paramref name="value"/> and fires the timers that become due.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is before what the clock shows.</exception>
    public void SetUtcNow(DateTimeOffset value)
    {
        lock (_lock) ArgumentOutOfRangeException.ThrowIfLessThan(value, _now);
        MoveTo(value.ToUniversalTime());
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What the clock shows, as ISO 8601.</summary>
    public override string ToString()
    {
        lock (_lock) return _now.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
    }

    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (timer.IsDisposed) return false;
            timer.Order = ++_lastTimer;
            timer.Period = period;
            timer.DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime;
            if (timer.DueAt is null) _timers.Remove(timer);
            else if (!_timers.Contains(timer)) _timers.Add(timer);
        }

        // A timer that is due at once fires at once, without anybody moving the clock.
        if (dueTime == TimeSpan.Zero) FireDue(null);
        return true;
    }

    internal void Forget(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private void MoveTo(DateTimeOffset target)
    {
        FireDue(target);
        lock (_lock) _now = target > _now ? target : _now;
    }

    // Callbacks run outside the lock, one after the other: they may make, change and dispose timers.
    private void FireDue(DateTimeOffset? target)
    {
        while (true)
        {
            ManualTimer? next;
            lock (_lock)
            {
                next = _timers.Where(t => t.DueAt <= (target ?? _now)).MinBy(t => (t.DueAt, t.Order));
                if (next is null) return;
                if (next.DueAt > _now) _now = next.DueAt.Value;
                next.DueAt = next.Period > TimeSpan.Zero ? next.DueAt + next.Period : null;
                if (next.DueAt is null) _timers.Remove(next);
            }

            next.Fire();
        }
    }
}
