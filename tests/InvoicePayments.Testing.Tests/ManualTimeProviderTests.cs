namespace InvoicePayments.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void ItStandsStill_UntilItIsMoved()
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), _time.GetUtcNow());
        var before = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(TimeSpan.FromSeconds(90), _time.GetUtcNow() - _time.Start);
        Assert.Equal(TimeSpan.FromSeconds(90), _time.GetElapsedTime(before));
    }

    [Fact]
    public void ItNeverGoesBackwards()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.SetUtcNow(_time.Start.AddTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AutoAdvanceAmount = TimeSpan.FromTicks(-1));
    }

    [Fact]
    public void EveryReadingMovesIt_WhenToldTo()
    {
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);
        Assert.Equal(_time.Start, _time.GetUtcNow());
        Assert.Equal(_time.Start.AddSeconds(1), _time.GetUtcNow());
    }

    [Fact]
    public async Task ADelay_EndsWhenItsTimeComes()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void ATimeout_CancelsWhenItsTimeComes()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        _time.SetUtcNow(_time.Start.AddSeconds(4));
        Assert.False(timeout.IsCancellationRequested);
        _time.SetUtcNow(_time.Start.AddSeconds(5));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public async Task APeriodicTimer_TicksAgainAndAgain()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), _time);
        for (var i = 0; i < 3; i++)
        {
            var tick = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await tick);
        }
    }

    [Fact]
    public void Timers_FireInOrder_EachAtItsOwnTime()
    {
        List<double> fired = [];
        void Note(object? _) => fired.Add((_time.GetUtcNow() - _time.Start).TotalSeconds);
        using var late = _time.CreateTimer(Note, null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);
        using var every = _time.CreateTimer(Note, null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
        using var never = _time.CreateTimer(Note, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var gone = _time.CreateTimer(Note, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        gone.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([3d, 6d, 7d, 9d], fired);
        Assert.False(gone.Change(TimeSpan.Zero, TimeSpan.Zero));
    }
}
