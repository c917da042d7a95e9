using System.Collections.Concurrent;

namespace InvoicePayments.Tests;

/// <summary>Nothing that can happen is left out of the simulator's workload: every kind of fact is written there, and every command given to the gateway.</summary>
public sealed class EverythingInPlayTests
{
    [Fact]
    public void EveryKindOfFact_IsWritten_AndEveryCommandIsGiven()
    {
        var (facts, commands) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, long>());
        new Simulation(new()
        {
            OpenStore = () => new BuggyStore { Bend = (_, changes) => Seen(changes, facts) },
            DecorateGateway = inner => new BuggyGateway(inner)
            {
                Ask = (gateway, command, _) =>
                {
                    Count(commands, command);
                    return gateway.ExecuteAsync(command, CancellationToken.None);
                },
            },
        }).Run(10_000).EnsureNothingBroke();

        Assert.Empty(CasesOf<InvoiceEvent>().Except(facts.Keys));
        Assert.Empty(CasesOf<CreditEvent>().Except(facts.Keys));
        Assert.Empty(CasesOf<GatewayCommand>().Except(commands.Keys));
    }

    private static ChangeSet Seen(ChangeSet changes, ConcurrentDictionary<string, long> facts)
    {
        foreach (var fact in changes.Facts) Count(facts, fact);
        foreach (var fact in changes.CreditFacts) Count(facts, fact);
        return changes;
    }

    private static void Count(ConcurrentDictionary<string, long> counts, object what) =>
        counts.AddOrUpdate($"{what.GetType().BaseType!.Name} {what.GetType().Name}", 1, (_, before) => before + 1);

    private static IEnumerable<string> CasesOf<T>() => typeof(T).GetNestedTypes()
        .Where(type => type.IsAssignableTo(typeof(T)) && !type.IsAbstract).Select(type => $"{type.BaseType!.Name} {type.Name}");
}
