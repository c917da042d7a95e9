namespace InvoicePayments.Tests;

public sealed class ItBitesTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 10_000;
    private const int MaxLines = 24;

    public static TheoryData<string> Bugs => [.. Bug.All.Select(bug => bug.Name)];

    public static TheoryData<string> WhatLooksLikeBugs => [.. Bug.Harmless.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void ABug_IsFound_AndToldSoThatOneSeesIt(string name)
    {
        var bug = Bug.All.Single(b => b.Name == name);

        var simulation = new Simulation(bug.Options);
        var report = simulation.Run(MaxSeeds);

        output.WriteLine($"{bug.Name}: {bug.Sentence}");
        var failure = report.Failure;
        Assert.NotNull(failure);
        output.WriteLine($"{report.Runs} seeds, {failure.Invariant}, {failure.Story.Count} lines, {failure.RunsToShorten} runs to shorten it.");
        output.WriteLine(failure.ToString());
        Assert.InRange(failure.Story.Count, 1, MaxLines);
        Assert.Equal(failure.Story, simulation.Replay(failure.Seed)!.Story);

        // It was the bug and nothing else: without it the same seed breaks nothing.
        Assert.Null(new Simulation(bug.OptionsWithout).Replay(failure.Seed));
    }

    [Theory]
    [MemberData(nameof(WhatLooksLikeBugs))]
    public void WhatOnlyLooksDangerous_BreaksNothing(string name)
    {
        var harmless = Bug.Harmless.Single(b => b.Name == name);

        var report = new Simulation(harmless.Options).Run(3_000);

        output.WriteLine($"{harmless.Name}: {harmless.Sentence} {report}");
        report.EnsureNothingBroke();
    }
}
