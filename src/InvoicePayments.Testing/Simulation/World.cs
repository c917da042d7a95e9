namespace InvoicePayments;

/// <summary>
/// One run: a gateway, a store, hosts, and people who want something of them, in virtual time and on one thread. Whatever could happen in
/// more than one way is chosen from the tape.
/// </summary>
internal sealed partial class World
{
    /// <summary>How far a host's clock may be from the true time.</summary>
    internal static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Skews = [TimeSpan.Zero, LargestSkew, -LargestSkew, TimeSpan.FromSeconds(45)];
    private static readonly TimeSpan[] Naps = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(2)];

    private static readonly PaymentPolicy[] Policies =
    [
        PaymentPolicy.Default, PaymentPolicy.Default, PaymentPolicy.Default, new() { PendingPayments = PendingPaymentRule.AdmitWhatIsPayable },
        new() { PendingPayments = PendingPaymentRule.RefuseEverything, AllowPayingUncollectible = true }, new() { KeyScope = IdempotencyScope.Account },
        new() { AllowPartialPayments = false, RefundsReopenInvoices = true },
    ];

    private readonly SimulationOptions _options;
    private readonly Workload _workload;
    private readonly PaymentTelemetry _telemetry;
    private readonly List<SimulatedHost> _hosts = [];

    internal World(SimulationOptions options, Tape tape, PaymentTelemetry telemetry, bool tell)
    {
        (_options, Tape, _telemetry) = (options, tape, telemetry);
        Policy = options.Policy ?? Policies[tape.Next(Policies.Length)];
        _workload = new(this, options);
        Story = tell ? new(Queue) : null;
        Store = options.OpenStore();
        MethodStore = Store as IPaymentMethodStore ?? throw Needs<IPaymentMethodStore>();
        DueOperations = Store as IDueOperations ?? throw Needs<IDueOperations>();
        Queries = Store as IInvoicePaymentQueries ?? throw Needs<IInvoicePaymentQueries>();
        Books = new(this);
        Faults = new(tape, options.Faults);
        Scripted = new(new ScriptedGatewayOptions { Profile = ProfileOf(tape), TimeProvider = new WorldClock(Queue) });
        Gateway = options.DecorateGateway?.Invoke(Scripted) ?? Scripted;
    }

    internal EventQueue Queue { get; } = new();

    internal Tape Tape { get; }

    internal PaymentPolicy Policy { get; }

    internal Faults Faults { get; }

    internal Books Books { get; }

    internal Story? Story { get; }

    internal IInvoicePaymentStore Store { get; }

    internal IPaymentMethodStore MethodStore { get; }

    internal IDueOperations DueOperations { get; }

    internal IInvoicePaymentQueries Queries { get; }

    internal ScriptedGateway Scripted { get; }

    internal IPaymentGateway Gateway { get; }

    internal List<OpenCall> Calls { get; } = [];

    internal List<(TenantId Tenant, InvoiceId Invoice)> Invoices { get; } = [];

    /// <summary>The first invariant that was broken, and how.</summary>
    internal (Invariant Invariant, string Detail)? Broken { get; private set; }

    internal int Steps { get; private set; }

    /// <summary>Runs until something breaks or everything has come to rest.</summary>
    internal void Run()
    {
        Begin();
        while (Broken is null && Steps < _options.MaxSteps && (Step() || WantMore())) continue;
        if (Broken is null) Settle();
        if (Broken is null) Now(Books.CheckAllAsync());
        (Store as IDisposable)?.Dispose();
    }

    internal void Break(Invariant invariant, string detail) => Broken ??= (invariant, detail);

    internal SimulatedHost? AnyHost()
    {
        var alive = _hosts.Where(h => h.IsAlive && h.SleepsUntil <= Queue.Now).ToList();
        return alive.Count == 0 ? null : alive[Tape.Next(alive.Count)];
    }

    internal IInvoicePaymentService ServiceOf(TimeProvider clock, HostStore store, HostGateway gateway)
    {
        var options = new InvoicePaymentsOptions { Policy = Policy, ContinueInline = true };

        // No wait before a resend, and no breaker: both go on where the thread pool likes, and a run has to be the same every time.
        (options.Gateway.Resends, options.Gateway.ResendDelay, options.Gateway.BreakerMinimumCalls) = (1, TimeSpan.Zero, int.MaxValue);
        var catalog = new GatewayCatalog([new(Workload.Gateway, _ => gateway, null)], null!, options.Gateway, clock, _telemetry);
        return new InvoicePaymentService(new(options, clock, _telemetry, catalog), store, store, store, store);
    }

    internal void Kill(SimulatedHost host, string when)
    {
        Story?.Tell(host, $"dies {when}");
        host.Die();
        Queue.Add(TimeSpan.FromSeconds(20), null, host.Start);
        foreach (var call in Calls.Where(c => c.Host == host).ToList())
        {
            Calls.Remove(call);
            call.Client.Lose();
        }
    }

    internal void Sleep(SimulatedHost host, Action wakeUp)
    {
        var nap = Faults.OneOf(Naps);
        Story?.Tell(host, $"sleeps for {nap}");
        host.SleepsUntil = Queue.Now + nap.Ticks;
        Queue.Add(nap, host, wakeUp);
    }

    internal bool HasDiscrepancy(PaymentOperation operation)
    {
        var state = Now(Store.LoadAsync(new() { Tenant = operation.Tenant, Payment = operation.Payment }, CancellationToken.None));
        return state.Find(operation.Payment) is { Discrepancies.Count: > 0 };
    }

    /// <summary>What a store or a gateway answers is waited for here: it takes no virtual time of its own.</summary>
    internal static T Now<T>(ValueTask<T> call) => call.IsCompleted ? call.Result : call.AsTask().GetAwaiter().GetResult();

    private static void Now(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully) call.AsTask().GetAwaiter().GetResult();
    }

    private bool Step()
    {
        var ready = Queue.Ready();
        if (ready.Count == 0) return false;
        Steps++;
        Queue.Take(ready[Tape.Next(ready.Count)]);
        return true;
    }

    // A run that came to rest early goes on with something more; a shortened one need not.
    private bool WantMore()
    {
        if (!Tape.Say(Steps < _options.MinSteps)) return false;
        Queue.Add(TimeSpan.FromMinutes(1), null, () => _workload.Want().Ask());
        return true;
    }

    private void Begin()
    {
        var skewed = Faults.Strikes(SimulatedFault.ClocksDiffer, 1000);
        var hosts = _options.Hosts ?? 1 + Tape.Next(3);
        for (var i = 0; i < hosts; i++)
        {
            var host = new SimulatedHost(this, $"{(char)('A' + i)}", skewed ? Faults.OneOf(Skews) : TimeSpan.Zero);
            host.Start();
            _hosts.Add(host);
        }

        Faults.AreOver = true;
        _workload.Begin();
        Faults.AreOver = false;
    }

    private static GatewayProfile ProfileOf(Tape tape)
    {
        DuplicateRule[] rules =
            [DuplicateRule.ReplayCurrentState, DuplicateRule.ReplaySameResult, DuplicateRule.MarkedDuplicate, DuplicateRule.RejectedAsDuplicate, DuplicateRule.None];
        var rule = rules[tape.Next(rules.Length)];
        return ScriptedGatewayOptions.ProfileOf(rule, window: tape.Next(4) == 3 ? TimeSpan.FromMinutes(20) : null);
    }

    private InvalidOperationException Needs<TPort>() => new($"The simulation needs a store that implements {typeof(TPort).Name}; {Store.GetType().Name} does not.");
}
