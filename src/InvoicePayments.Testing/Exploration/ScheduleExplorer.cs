namespace InvoicePayments;

/// <summary>
/// Tries every order in which the steps of a <see cref="SmallWorld"/> can happen, and every moment at which what may go wrong does, and holds
/// each run to <see cref="Invariant.All"/>. Where <see cref="Simulation"/> draws, this counts: what it has been through without a finding,
/// has none.
/// </summary>
public sealed class ScheduleExplorer
{
    private readonly SimulationOptions _options;

    /// <summary>An explorer over the store, the gateway and the policy of these options, or the defaults; what they say of workload and faults does not count.</summary>
    public ScheduleExplorer(SimulationOptions? options = null) => _options = options ?? new();

    /// <summary>Goes through the schedules of a world until one breaks something or all are done.</summary>
    /// <param name="world">The world.</param>
    /// <param name="atMost">After how many schedules to stop all the same; never when null.</param>
    public ExplorationReport Explore(SmallWorld world, long? atMost = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        var exploration = new Exploration(_options, world, atMost ?? long.MaxValue);
        Simulation.OnThreadsOfTheirOwn(Math.Max(1, _options.Threads ?? Environment.ProcessorCount), exploration.Work);
        return exploration.Report();
    }
}
