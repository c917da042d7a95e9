namespace InvoicePayments.Tests;

/// <summary>The system's clock, some time later: whoever comes after a killed process need not wait until its claim is over.</summary>
internal sealed class LaterClock(TimeSpan later) : TimeProvider
{
    private long _later = later.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _later));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _later, by.Ticks);
}
