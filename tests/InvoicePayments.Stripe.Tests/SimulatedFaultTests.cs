using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>What goes wrong with a gateway in the simulator goes wrong here too, one at a time, over HTTP; then the books are the double's.</summary>
public sealed class SimulatedFaultTests
{
    /// <summary>Each fault of the simulator that is a gateway's: what it is at Stripe. Null where Stripe has no such thing; the reason stands beside it.</summary>
    private static readonly Dictionary<SimulatedFault, Func<StripeHost, Task>?> AtStripe = new()
    {
        [SimulatedFault.GatewayIsSlow] = host => PayAsync(host, new Fault { Slow = TimeSpan.FromMilliseconds(300) }),
        [SimulatedFault.RequestIsLost] = host => PayAsync(host, new Fault { CutBefore = true }),
        [SimulatedFault.AnswerIsLost] = host => PayAsync(host, new Fault { CutAnswerAt = 0 }),
        [SimulatedFault.ServerError] = async host =>
        {
            await PayAsync(host, new Fault { FailBefore = 500 });
            await PayAsync(host, new Fault { FailAfter = 500 });
            await PayAsync(host, new Fault { FailBefore = 503, IsStored = false });
        },
        [SimulatedFault.Decline] = host => PayAsync(host, null, "pm_card_chargeDeclined"),
        [SimulatedFault.Challenge] = async host =>
        {
            foreach (var passes in new[] { true, false, (bool?)null })
                if ((await PayAsync(host, null, "pm_card_threeDSecure2Required")).Operation is { GatewayPaymentId: { } id } && passes is { } known) host.World.FinishChallenge(id.Value, known);
        },
        [SimulatedFault.DecidedLater] = async host =>
        {
            foreach (var succeeds in new[] { true, false })
                host.World.FinishProcessing((await PayAsync(host, null, "pm_card_slow")).Operation!.GatewayPaymentId!.Value.Value, succeeds);
        },
        [SimulatedFault.NewsTwice] = async host =>
        {
            await PayAsync(host, new Fault { CutAnswerAt = 0 });
            for (var i = 0; i < 2; i++) await host.DeliverAllAsync();
        },
        [SimulatedFault.NewsLate] = async host =>
        {
            await PayAsync(host, null);
            foreach (var told in host.Events.Reverse()) await host.DeliverAsync(told);
        },
        [SimulatedFault.NewsUnknown] = async host =>
        {
            // Of another host over the same account: nobody here knows its reference, now or ever.
            await host.AskAsync(StripeHost.Charge());
            await host.DeliverAllAsync();
        },
        [SimulatedFault.NewsLost] = host => PayAsync(host, new Fault { CutAnswerAt = 0 }),
        [SimulatedFault.PartialApproval] = null, // Stripe approves a part only where it was asked to, and it is not asked.
        [SimulatedFault.WrongAmount] = null, // A payment intent moves its own amount.
        [SimulatedFault.MovesTwice] = null, // Its key is what keeps Stripe from it.
    };

    private static readonly SimulatedFault[] NotOfTheGateway =
    [
        SimulatedFault.HostDies, SimulatedFault.HostSleeps, SimulatedFault.ClocksDiffer, SimulatedFault.StoreFailsBefore, SimulatedFault.StoreFailsAfter,
        SimulatedFault.StoreIsSlow, SimulatedFault.AdapterThrows, SimulatedFault.DeliveryFails,
    ];

    public static TheoryData<SimulatedFault> Faults { get; } = [.. AtStripe.Where(f => f.Value is not null).Select(f => f.Key)];

    [Fact]
    public void EveryFaultOfTheSimulator_HasItsPlaceHere() =>
        Assert.Equal(Enum.GetValues<SimulatedFault>(), AtStripe.Keys.Concat(NotOfTheGateway).Order());

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WhateverTheSimulatorDoesToAGateway_TheBooksEndAsTheDoublesDo(SimulatedFault fault)
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StripeHost.OpenAsync(time);

        await AtStripe[fault]!(host);
        for (var i = 0; i < 30; i++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await host.Service.RecoverAsync(cancellationToken: StripeHost.Token);
        }

        for (var n = 1; n <= host.Issued; n++)
        {
            var operation = (await host.Service.ListOperationsAsync(new($"inv_{n}"), cancellationToken: StripeHost.Token)).Items.Single();
            var moved = host.World.Movements.Where(m => m.Carries(operation.Id.Value)).Sum(m => m.Amount);
            Assert.True(operation.IsFinal, $"inv_{n} is {operation.Status}.");
            Assert.Equal(moved, operation.Moved?.MinorUnits ?? 0);
            Assert.InRange(moved, 0, 1_250);
        }
    }

    private static async Task<PaymentResult> PayAsync(StripeHost host, Fault? fault, string token = "pm_card_visa")
    {
        var id = $"inv_{host.Issued + 1}";
        await host.IssueAsync(id);
        if (fault is not null) host.Server.Next(fault);
        return await host.PayAsync(id, token, key: id, back: new("https://shop.example/back"));
    }
}
