namespace InvoicePayments.Tests;

/// <summary>
/// Lets hosts die at every point there is, and looks at the books each time. It ends when a run does, so no point can be missed.
/// </summary>
internal static class CrashMatrix
{
    private const int TooMany = 200;

    /// <summary>One host dies at every point in turn, and each rescue finishes what it left. Answers the points of a clean run.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(CrashCase @case, IEnumerable<Rescue> rescues)
    {
        IReadOnlyList<string> passed = [];
        foreach (var rescue in rescues)
        {
            for (var n = 1; n <= TooMany; n++)
            {
                var world = await NewWorldAsync(@case);
                var first = world.Start(n);
                var lived = await world.EndsAsync(first, first.SendAsync(@case.Verb));
                passed = first.Points.Passed;

                world.Time.Advance(rescue.After);
                var second = world.Start();
                await world.EndsAsync(second, world.RescueAsync(second, rescue));
                await CheckAsync(world, @case, rescue, $"{@case}, {rescue}, {(lived ? "nobody dies" : $"dies at {n} {passed[^1]}")}");
                if (lived) break;
            }
        }

        return passed;
    }

    /// <summary>The host that finishes what another left dies too, at every point in turn; a third one does it. Answers the runs.</summary>
    public static async Task<int> RunTwiceAsync(CrashCase @case, Rescue rescue)
    {
        var runs = 0;
        for (var (n, lived) = (1, false); !lived && n <= TooMany; n++)
        {
            for (var (m, finished) = (1, false); !finished && m <= TooMany; m++, runs++)
            {
                var world = await NewWorldAsync(@case);
                var first = world.Start(n);
                lived = await world.EndsAsync(first, first.SendAsync(@case.Verb));
                world.Time.Advance(rescue.After);
                var second = world.Start(m);
                finished = await world.EndsAsync(second, world.RescueAsync(second, rescue));
                world.Time.Advance(rescue.After);
                var third = world.Start();
                await world.EndsAsync(third, world.RescueAsync(third, rescue));
                var deaths = $"dies at {n} {first.Points.Passed[^1]}, then at {m} {second.Points.Passed[^1]}";
                await CheckAsync(world, @case, rescue, $"{@case}, {rescue}, {deaths}");
            }
        }

        return runs;
    }

    private static async Task<CrashWorld> NewWorldAsync(CrashCase @case)
    {
        var world = new CrashWorld(@case);
        await world.PrepareAsync();
        return world;
    }

    private static async Task CheckAsync(CrashWorld world, CrashCase @case, Rescue rescue, string what)
    {
        try
        {
            var host = world.Start();
            if (@case.Verb == Verb.Issue && world.Store.Invoices.Count == 0) return;
            await Books.AgreeAsync(host.Service, CrashWorld.Invoice, world.Gateway.Ledger);
            if (@case.Verb == Verb.Issue) return;

            var ours = world.Store.Operations.SingleOrDefault(o => o.Id == CrashingHost.OperationOf(@case.Verb));
            if (rescue.ByKey) Assert.NotNull(ours);
            if (ours is null) return;
            if (@case.Verb != Verb.RecordCash) await ExplainedAsync(world, @case, rescue, ours);
            await RepeatsAsync(world, @case, host, ours);
        }
        catch (Exception failed)
        {
            Assert.Fail($"{what}: {failed.Message}");
        }
    }

    /// <summary>It ended as the gateway says; that the gateway never saw it is allowed only where nobody may ask any more.</summary>
    private static async Task ExplainedAsync(CrashWorld world, CrashCase @case, Rescue rescue, PaymentOperation ours)
    {
        var command = new GatewayCommand.Charge
        {
            Tenant = ours.Tenant, Gateway = ours.Gateway!.Value, Reference = ours.Reference, Amount = ours.Amount,
            Account = ours.Account, Token = ScriptedTokens.Visa,
        };
        var trace = new OperationTrace(ours.Reference, command, ours.CreatedAt, ours.CreatedAt, null);
        var truth = await world.Gateway.ResolveAsync(trace, CancellationToken.None);
        if (truth is GatewayResolution.Found { Outcome: var outcome })
        {
            Assert.Equal(outcome switch
            {
                GatewayOutcome.Succeeded => OperationStatus.Succeeded,
                GatewayOutcome.Authorized => OperationStatus.Authorized,
                GatewayOutcome.Declined => OperationStatus.Declined,
                GatewayOutcome.Expired => OperationStatus.Expired,
                _ => throw new InvalidOperationException($"The gateway is not done: {outcome}"),
            }, ours.Status);
            return;
        }

        Assert.Equal((OperationStatus.Failed, "never_happened"), (ours.Status, ours.Error!.Code));
        var mayAsk = rescue.ByKey ? rescue.After < Rescue.NextDay : rescue.After < PaymentPolicy.Default.ResumeWithin;
        Assert.False(mayAsk && @case.Rule != DuplicateRule.None, "It was given up, though it could have been carried out.");
    }

    private static async Task RepeatsAsync(CrashWorld world, CrashCase @case, CrashingHost host, PaymentOperation ours)
    {
        var calls = world.Gateway.Calls.Count;
        var again = (await host.SendAsync(@case.Verb))!;
        Assert.True(again.IsReplay);
        Assert.Equal((ours.Id, ours.Status, ours.Version), (again.Operation!.Id, again.Operation.Status, again.Operation.Version));
        Assert.Equal(calls, world.Gateway.Calls.Count);
    }
}
