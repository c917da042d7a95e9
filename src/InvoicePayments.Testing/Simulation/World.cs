namespace InvoicePayments;

/// <summary>
/// One run: a gateway, a store, hosts, and people who want something of them, in virtual time and on one thread. Whatever could happen in
/// more than one way is chosen from the tape.
/// </summary>
internal sealed partial class World
{
    /// <summary>How far a host's clock may be from the true time.</summary>
    internal static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Naps = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(2)];

    private readonly SimulationOptions _options;
    private readonly Plan _plan;
    private readonly PaymentTelemetry _telemetry;
    private readonly List<SimulatedHost> _hosts = [];

    internal World(SimulationOptions options, Plan plan, PaymentTelemetry telemetry, bool tell)
    {
        (_options, _plan, _telemetry, Queue) = (options, plan, telemetry, new(plan.Tape));
        Story = tell ? new(Queue) : null;
        Store = options.OpenStore();
        MethodStore = Store as IPaymentMethodStore ?? throw Needs<IPaymentMethodStore>();
        DueOperations = Store as IDueOperations ?? throw Needs<IDueOperations>();
        Queries = Store as IInvoicePaymentQueries ?? throw Needs<IInvoicePaymentQueries>();
        (Outbox, DueInvoices, CreditFacts, Movements) = (Store as IOutbox, Store as IDueInvoices, Store as IAccountCreditQueries, Store as IGatewayMovements);
        (Retention, ParkedOutcomes) = (Store as IRetention, plan.HasNews ? Store as IParkedOutcomes : null);
        Books = new(this);
        Scripted = new(new ScriptedGatewayOptions { Profile = plan.Profile with { EnrolledForSplitFunding = [new("north")] }, TimeProvider = new WorldClock(Queue) });
        Gateway = options.DecorateGateway?.Invoke(Scripted) ?? Scripted;
    }

    internal EventQueue Queue { get; }

    internal Tape Tape => _plan.Tape;

    internal PaymentPolicy Policy => _plan.Policy;

    internal Faults Faults => _plan.Faults;

    internal Books Books { get; }

    internal Story? Story { get; }

    internal IInvoicePaymentStore Store { get; }

    internal IPaymentMethodStore MethodStore { get; }

    internal IDueOperations DueOperations { get; }

    internal IInvoicePaymentQueries Queries { get; }

    /// <summary>The store's list of what is due; null when it has none, and then nothing is collected.</summary>
    internal IDueInvoices? DueInvoices { get; }

    /// <summary>The store's outbox; null when it has none, and then nothing is delivered.</summary>
    internal IOutbox? Outbox { get; }

    /// <summary>The store's facts of credit; null when it does not list them, and then they are not read.</summary>
    internal IAccountCreditQueries? CreditFacts { get; }

    /// <summary>The store's list of kept news; null when it has none or no news comes, and then nobody looks at it again.</summary>
    internal IParkedOutcomes? ParkedOutcomes { get; }

    /// <summary>How the store forgets; null when it does not, and then nothing is forgotten.</summary>
    internal IRetention? Retention { get; }

    /// <summary>The store's list of what has moved; null when it has none, and then nobody compares.</summary>
    internal IGatewayMovements? Movements { get; }

    internal ScriptedGateway Scripted { get; }

    internal IPaymentGateway Gateway { get; }

    internal List<OpenCall> Calls { get; } = [];

    /// <summary>The documents that somebody has asked for: invoices, and what else can be paid.</summary>
    internal List<(TenantId Tenant, InvoiceId Invoice)> Invoices { get; } = [];

    /// <summary>How often each kind of thing was wanted.</summary>
    internal int[] Wished { get; } = new int[Enum.GetValues<SimulatedWish>().Length];

    /// <summary>The first invariant that was broken, and how.</summary>
    internal (Invariant Invariant, string Detail)? Broken { get; private set; }

    internal int Steps { get; private set; }

    /// <summary>Runs until something breaks or everything has come to rest.</summary>
    internal void Run()
    {
        Faults.AreOver = true;
        _plan.Begin(this);
        Faults.AreOver = false;
        while (Broken is null && Steps < _options.MaxSteps && (Step() || _plan.WantMore(this))) continue;
        if (Broken is null) Settle();
        if (Broken is null) Now(Books.CheckAllAsync());
        (Store as IDisposable)?.Dispose();
    }

    internal void Break(Invariant invariant, string detail) => Broken ??= (invariant, detail);

    internal SimulatedHost? AnyHost()
    {
        var alive = _hosts.Where(h => h.IsAlive && h.SleepsUntil <= Queue.Now).ToList();
        return alive.Count == 0 ? null : _plan.Choose(alive);
    }

    internal void AddHost(TimeSpan skew)
    {
        var host = new SimulatedHost(this, $"{(char)('A' + _hosts.Count)}", skew);
        host.Start();
        _hosts.Add(host);
    }

    internal IInvoicePaymentService ServiceOf(TimeProvider clock, HostStore store, HostGateway gateway, HostPublisher publisher)
    {
        var options = new InvoicePaymentsOptions { Policy = Policy, ContinueInline = true };

        // No wait before a resend, and no breaker: both go on where the thread pool likes, and a run has to be the same every time.
        (options.Gateway.Resends, options.Gateway.ResendDelay, options.Gateway.BreakerMinimumCalls) = (1, TimeSpan.Zero, int.MaxValue);
        // Sooner than anybody would set it, so that facts are given up, and forgotten, within a run.
        (options.Outbox.MaxFailures, options.Outbox.KeepDelivered) = (2, TimeSpan.FromHours(2));
        var catalog = new GatewayCatalog([new(Workload.Gateway, _ => gateway, null)], null!, options.Gateway, clock, _telemetry);
        return new InvoicePaymentService(
            new(options, clock, _telemetry, catalog), store, store, store, store, null, store, publisher, store, store, store, ParkedOutcomes is null ? null : store, Retention is null ? null : store);
    }

    internal void Kill(SimulatedHost host, string when)
    {
        Story?.TellDeath(host, when);
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

    internal bool HasDiscrepancy(PaymentOperation operation) => PaymentOf(operation) is { Discrepancies.Count: > 0 };

    internal Payment? PaymentOf(PaymentOperation operation) =>
        Now(Store.LoadAsync(new() { Tenant = operation.Tenant, Payment = operation.Payment }, CancellationToken.None)).Find(operation.Payment);

    /// <summary>What a store or a gateway answers is waited for here: it takes no virtual time of its own.</summary>
    internal static T Now<T>(ValueTask<T> call) => call.IsCompleted ? call.Result : call.AsTask().GetAwaiter().GetResult();

    private static void Now(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully) call.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Lets everything happen that is ready, before anything goes wrong.</summary>
    internal void TakeAll()
    {
        while (Queue.Ready() is [var next, ..]) Queue.Take(next);
    }

    private bool Step()
    {
        var ready = Queue.Ready();
        if (ready.Count == 0) return false;
        Steps++;
        Queue.Take(ready[Tape.Next(ready.Count)]);
        return true;
    }

    private InvalidOperationException Needs<TPort>() => new($"The simulation needs a store that implements {typeof(TPort).Name}; {Store.GetType().Name} does not.");
}
