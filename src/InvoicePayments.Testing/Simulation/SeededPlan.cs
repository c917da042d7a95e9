namespace InvoicePayments;

/// <summary>A run drawn from a seed.</summary>
internal sealed class SeededPlan : Plan
{
    private static readonly TimeSpan[] Skews = [TimeSpan.Zero, World.LargestSkew, -World.LargestSkew, TimeSpan.FromSeconds(45)];

    private static readonly DuplicateRule[] Rules =
    [
        DuplicateRule.ReplayCurrentState, DuplicateRule.ReplaySameResult, DuplicateRule.MarkedDuplicate, DuplicateRule.RejectedAsDuplicate, DuplicateRule.None,
    ];

    private static readonly PaymentPolicy[] Policies =
    [
        PaymentPolicy.Default, PaymentPolicy.Default, PaymentPolicy.Default, new() { PendingPayments = PendingPaymentRule.AdmitWhatIsPayable },
        new() { PendingPayments = PendingPaymentRule.RefuseEverything, AllowPayingUncollectible = true }, new() { KeyScope = IdempotencyScope.Account },
        new() { AllowPartialPayments = false, RefundsReopenInvoices = true }, new() { Overpayments = OverpaymentRule.KeepAsCredit },
        new() { Overpayments = OverpaymentRule.KeepAsCredit, PendingPayments = PendingPaymentRule.AdmitWhatIsPayable, RefundsReopenInvoices = true },
    ];

    private readonly SimulationOptions _options;
    private Workload? _workload;

    internal SeededPlan(SimulationOptions options, Tape tape)
        : base(tape)
    {
        _options = options;
        Policy = options.Policy ?? Policies[tape.Next(Policies.Length)];
        Faults = new(tape, options.Faults);
        Profile = ScriptedGatewayOptions.ProfileOf(Rules[tape.Next(Rules.Length)], window: tape.Next(4) == 3 ? TimeSpan.FromMinutes(20) : null) with { CapturesSeveralTimes = tape.Next(3) < 2 };
    }

    internal override PaymentPolicy Policy { get; }

    internal override GatewayProfile Profile { get; }

    internal override Faults Faults { get; }

    internal override void Begin(World world)
    {
        Faults.AreOver = false;
        var skewed = Faults.Strikes(SimulatedFault.ClocksDiffer, 1000);
        var hosts = _options.Hosts ?? 1 + Tape.Next(3);
        for (var i = 0; i < hosts; i++) world.AddHost(skewed ? Faults.OneOf(Skews) : TimeSpan.Zero);

        Faults.AreOver = true;
        _workload = new(world, _options);
        _workload.Begin();
    }

    // A run that came to rest early goes on with something more; a shortened one need not.
    internal override bool WantMore(World world)
    {
        if (!Tape.Say(world.Steps < _options.MinSteps)) return false;
        if (Tape.BeginsStrand()) world.Queue.Add(TimeSpan.FromMinutes(1), null, () => _workload!.Want()?.Ask());
        Tape.Strand = 0;
        return true;
    }

    internal override SimulatedHost Choose(IReadOnlyList<SimulatedHost> alive) => alive[Tape.Next(alive.Count)];
}
