namespace InvoicePayments.Tests;

public sealed class ItBitesTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 10_000;
    private const int MaxLines = 24;
    private const int MaxTries = 5;

    public static TheoryData<string> Bugs => [.. Bug.All.Select(bug => bug.Name)];

    public static TheoryData<string> WhatLooksLikeBugs => [.. ClaimBugs.Harmless.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void ABug_IsFound_AndToldSoThatOneSeesIt(string name)
    {
        var bug = Bug.All.Single(b => b.Name == name);

        var (seeds, failure) = Find(bug);

        output.WriteLine($"{bug.Name}: {bug.Sentence}");
        Assert.NotNull(failure);
        output.WriteLine($"{seeds} seeds, {failure.Invariant}, {Told(failure)} lines in {failure.RunsToShorten} runs.");
        output.WriteLine(failure.ToString());
        Assert.InRange(Told(failure), 1, MaxLines);

        // It was the bug and nothing else: without it the same seed breaks nothing.
        Assert.Null(new Simulation(bug.OptionsWithout).Replay(failure.Seed));
    }

    [Theory]
    [MemberData(nameof(WhatLooksLikeBugs))]
    public void WhatOnlyLooksDangerous_BreaksNothing(string name)
    {
        var harmless = ClaimBugs.Harmless.Single(b => b.Name == name);

        var report = new Simulation(harmless.Options).Run(3_000);

        output.WriteLine($"{harmless.Name}: {harmless.Sentence} {report}");
        report.EnsureNothingBroke();
    }

    // Of the first few seeds that find it the shortest story is told, once the first is too long.
    private static (int Seeds, SimulationFailure? Failure) Find(Bug bug)
    {
        var simulation = new Simulation(bug.Options);
        var (seeds, found, shortest) = (0, 0, (SimulationFailure?)null);
        for (var tries = 0; tries < MaxTries && (shortest is null || Told(shortest) > MaxLines); tries++)
        {
            var report = simulation.Run(MaxSeeds - seeds, firstSeed: seeds + 1);
            seeds += report.Runs;
            if (report.Failure is not { } failure) break;
            if (found == 0) found = seeds;
            if (shortest is null || Told(failure) < Told(shortest)) shortest = failure;
        }

        return (found, shortest);
    }

    // Once faults have stopped, recovery comes round again and again: what it says a second time is nothing new.
    private static int Told(SimulationFailure failure)
    {
        var lines = failure.Story.Select(line => line[line.IndexOf(' ', StringComparison.Ordinal)..]).ToList();
        var end = lines.FindIndex(line => line.EndsWith("faults stop", StringComparison.Ordinal));
        return end < 0 ? lines.Count : end + lines.Skip(end).Distinct().Count();
    }
}
