namespace InvoicePayments;

/// <summary>Something that will happen: to a host, unless it dies before, or in the world outside, which never dies.</summary>
internal sealed class SimulatedEvent(long due, SimulatedHost? host, int strand, Action happen)
{
    private readonly int _life = host?.Life ?? 0;

    internal long Due { get; } = due;

    internal SimulatedHost? Host { get; } = host;

    /// <summary>Of which command it is a consequence; zero when of none.</summary>
    internal int Strand { get; } = strand;

    internal Action Happen { get; } = happen;

    internal bool IsGone => Host is not null && (!Host.IsAlive || Host.Life != _life);

    internal long ReadyAt => Host is null ? Due : Math.Max(Due, Host.SleepsUntil);
}

/// <summary>What will happen, in virtual time. Nothing happens by itself: whoever runs it chooses among what is ready.</summary>
internal sealed class EventQueue(Tape tape)
{
    private readonly List<SimulatedEvent> _waiting = [];
    private readonly List<SimulatedEvent> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    internal long Now { get; private set; } = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    internal SimulatedEvent Add(TimeSpan after, SimulatedHost? host, Action happen)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("Something went on on a thread of its own; a simulated run stays on one, so that it can be repeated.");
        var next = new SimulatedEvent(Now + after.Ticks, host, tape.Strand, happen);
        _waiting.Add(next);
        return next;
    }

    internal void Remove(SimulatedEvent waiting) => _waiting.Remove(waiting);

    internal void Advance(TimeSpan by) => Now += by.Ticks;

    /// <summary>What could happen now, oldest first; when nothing can, time goes on until something can. Empty when nothing is left.</summary>
    internal IReadOnlyList<SimulatedEvent> Ready()
    {
        _waiting.RemoveAll(static e => e.IsGone);
        _ready.Clear();
        if (_waiting.Count == 0) return _ready;

        var first = long.MaxValue;
        foreach (var waiting in _waiting) first = Math.Min(first, waiting.ReadyAt);
        Now = Math.Max(Now, first);
        foreach (var waiting in _waiting) if (waiting.ReadyAt <= Now) _ready.Add(waiting);

        // Whether the first lets others go before it is part of its own strand.
        tape.Strand = _ready[0].Strand;
        return _ready;
    }

    internal void Take(SimulatedEvent chosen)
    {
        _waiting.Remove(chosen);
        tape.Strand = chosen.Strand;
        chosen.Happen();
        tape.Strand = 0;
    }
}
