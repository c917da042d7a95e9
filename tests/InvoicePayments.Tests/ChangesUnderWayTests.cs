using System.Collections.Concurrent;

namespace InvoicePayments.Tests;

/// <summary>What is decided in one line is decided on what a load would find: shown on every commit of many simulated runs.</summary>
public sealed class ChangesUnderWayTests
{
    [Fact]
    public void WhatIsAboutToBeStored_LaidOverWhatWasLoaded_IsWhatALoadFindsAfterwards()
    {
        var stores = new ConcurrentBag<ForeseeingStore>();
        var report = new Simulation(new() { OpenStore = Open, Hosts = 1, MaxCommands = 40, MaxSteps = 2_000 }).Run(1_000, 70_000_000);

        report.EnsureNothingBroke();
        Assert.Equal("", string.Join(Environment.NewLine, stores.SelectMany(s => s.Wrong).Take(3)));
        var (compared, together, known) = (stores.Sum(s => s.Compared), stores.Sum(s => s.Together), stores.Sum(s => s.Known));
        Assert.True(compared > 10_000, $"Only {compared} were compared.");
        Assert.True(known > 1_000, $"Only {known} were compared with what whoever stored them knows.");
        Assert.True(together >= 10, $"Only {together} were stored together.");

        ForeseeingStore Open()
        {
            var store = new ForeseeingStore();
            stores.Add(store);
            return store;
        }
    }
}
