using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

/// <summary>What outlives every host: the store, the gateway with its ledger, and the clock.</summary>
internal sealed class CrashWorld
{
    public static readonly InvoiceId Invoice = new("inv_1");
    public static readonly Money Total = Money.FromMinorUnits(1250, Currency.EUR);
    private readonly List<GatewayNotification> _undelivered = [];
    private readonly CrashCase _case;

    public CrashWorld(CrashCase @case)
    {
        _case = @case;
        Gateway = new(new ScriptedGatewayOptions { TimeProvider = Time, Profile = ScriptedGatewayOptions.ProfileOf(@case.Rule) });
    }

    public ManualTimeProvider Time { get; } = new();

    public InMemoryPaymentStore Store { get; } = new();

    public ScriptedGateway Gateway { get; }

    /// <summary>What the verb works on is there, and the next request meets the story.</summary>
    public async Task PrepareAsync()
    {
        var host = Start();
        if (_case.Verb != Verb.Issue) await host.SendAsync(Verb.Issue);
        if (_case.Verb == Verb.Refund) await host.SendAsync(Verb.Pay);
        if (_case.Verb is Verb.Capture or Verb.Void) await host.SendAsync(Verb.Authorize);
        Gateway.DrainNotifications();
        Gateway.Next(_case.Behaviour);
    }

    /// <summary>A new host over the same world.</summary>
    public CrashingHost Start(int dieAt = 0)
    {
        var points = new CrashPoints(dieAt);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddInvoicePayments(options => options.Gateway.Resends = _case.Resends)
            .UseStore(_ => new CrashingStore<InMemoryPaymentStore>(Store, points))
            .UseGateway("test", _ => new CrashingGateway(Gateway, points));

        // Never disposed: nobody tidies up after a process that is gone.
        return new(services.BuildServiceProvider().GetRequiredService<IInvoicePaymentService>(), points);
    }

    /// <summary>Waits until the work is done or its host is dead. A resend waits on the clock, so then the clock moves on.</summary>
    public async Task<bool> EndsAsync(CrashingHost host, Task work)
    {
        while (!work.IsCompleted && !host.Points.IsDead)
        {
            using var tick = new CancellationTokenSource();
            var first = await Task.WhenAny(work, host.Points.Died, Task.Delay(_case.Resends > 0 ? 1 : 20_000, tick.Token));
            await tick.CancelAsync();
            if (first == work || first == host.Points.Died) break;
            if (_case.Resends == 0) throw new TimeoutException("A host neither ends nor dies.");
            Time.Advance(TimeSpan.FromMilliseconds(500));
        }

        if (host.Points.IsDead) return false;
        await work;
        return true;
    }

    /// <summary>Somebody comes after the crash and goes on until nothing is open; the payer passes a challenge in time.</summary>
    public async Task RescueAsync(CrashingHost host, Rescue rescue)
    {
        for (var round = 0; round < 20; round++)
        {
            if (rescue.Notified) await NotifyAsync(host);
            if (rescue.ByKey) await host.SendAsync(_case.Verb);
            else await host.Service.RecoverAsync();

            var open = Store.Operations.Where(o => !o.IsFinal && !IsAtRest(o)).ToList();
            if (open.Count == 0) return;
            foreach (var operation in open) Act(operation);
            var next = open.Select(o => o.NextCheckAt).Min() ?? Time.GetUtcNow();
            Time.Advance(next > Time.GetUtcNow() ? next - Time.GetUtcNow() : TimeSpan.FromMinutes(1));
        }

        Assert.Fail($"It stays stuck: {Store.Operations.First(o => !o.IsFinal && !IsAtRest(o))}");
    }

    // A gateway notifies until somebody has taken it in: what a host dies over comes again.
    private async Task NotifyAsync(CrashingHost host)
    {
        _undelivered.AddRange(Gateway.DrainNotifications());
        while (_undelivered.Count > 0)
        {
            var (_, reference, outcome) = _undelivered[0];
            await host.Service.RecordOutcomeAsync(new() { Operation = new(reference.Value), Gateway = new("test"), Outcome = outcome });
            _undelivered.RemoveAt(0);
        }
    }

    /// <summary>An authorization that nobody takes from waits for whoever captures it.</summary>
    public static bool IsAtRest(PaymentOperation operation) => operation is { Kind: OperationKind.Authorize, Status: OperationStatus.Authorized, BusyUntil: null };

    private void Act(PaymentOperation operation)
    {
        var inTime = Time.GetUtcNow() < operation.ActionDeadline;
        if (operation.Status == OperationStatus.ActionRequired && inTime) Once(() => Gateway.CompleteChallenge(operation.Reference));
        if (operation.Status == OperationStatus.Processing) Once(() => Gateway.Settle(operation.Reference));
    }

    private static void Once(Func<GatewayOutcome> act)
    {
        try
        {
            act();
        }
        catch (InvalidOperationException)
        {
            // It was done before, and nobody here has heard of it yet.
        }
    }
}
