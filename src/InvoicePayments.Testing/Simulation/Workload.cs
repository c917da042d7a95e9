namespace InvoicePayments;

/// <summary>What people want of the hosts in one run: invoices of one or two tenants, and everything that can be done with them.</summary>
internal sealed partial class Workload(World world, SimulationOptions options)
{
    internal static readonly GatewayName Gateway = new("simulated");
    private static readonly AccountId[] Accounts = [new("acc_1"), new("acc_2")];
    private static readonly long[] Totals = [1_000, 1, 333, 0];
    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(7), TimeSpan.FromHours(3), TimeSpan.FromDays(3),
    ];

    private readonly List<IssueInvoice> _issued = [];

    // How often each is wanted, the plainest first: a shortened story wants the first.
    private (int Weight, Func<Client> Make)[] Wishes => _wishes ??=
    [
        (10, Pay), (4, Refund), (2, RecordCash), (2, Recover), (2, Void), (2, GiveUp), (1, LookAtInvoice), (1, LookAtOperations), (1, LookAtFacts),
        (1, LookAtPayment), (2, Resume), (1, IssueAgain), (1, SaveMethod), (2, Dispatch), (2, Settle), (1, Quote), (1, Explain),
        (3, Collect), (1, StopDunning), (1, ResumeDunning), (3, Authorize), (3, Capture), (2, VoidPayment), (3, PayWithTheSameKey), (2, PaySplit),
    ];

    private (int Weight, Func<Client> Make)[]? _wishes;
    private string _lastKey = "key0";

    private Tape Tape => world.Tape;

    /// <summary>Issues the invoices, and lines up what people will want.</summary>
    internal void Begin()
    {
        var tenants = 1 + Tape.Next(2);
        for (var t = 0; t < tenants; t++)
        {
            var tenant = new TenantId(t == 0 ? "north" : "south");
            foreach (var account in Accounts) Keep(MethodOf(tenant, account, "pm_1", isDefault: true));
            var invoices = 1 + Tape.Next(2);
            for (var i = 0; i < invoices; i++) IssueFirst(tenant, new($"inv_{i + 1}"));
        }

        var at = TimeSpan.Zero;
        var commands = 1 + Tape.Next(options.MaxCommands);
        for (var n = 0; n < commands; n++)
        {
            var isGiven = Tape.BeginsStrand();
            at += Gaps[Tape.Next(Gaps.Length)];
            if (isGiven) world.Queue.Add(at, null, () => Want().Ask());
        }

        Tape.Strand = 0;
    }

    /// <summary>One thing more that somebody wants.</summary>
    internal Client Want()
    {
        var drawn = Tape.Next(Wishes.Sum(w => w.Weight));
        foreach (var (weight, make) in Wishes)
        {
            if (drawn < weight) return make();
            drawn -= weight;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private void IssueFirst(TenantId tenant, InvoiceId id)
    {
        world.Invoices.Add((tenant, id));
        var issue = new IssueInvoice
        {
            Tenant = tenant, InvoiceId = id, Account = Accounts[Tape.Next(Accounts.Length)],
            Total = Money.FromMinorUnits(Totals[Tape.Next(Totals.Length)], Currency.EUR), AsDraft = Tape.Chance(100),
            DueAt = Tape.Next(3) == 0 ? null : new DateTimeOffset(world.Queue.Now, TimeSpan.Zero),
        };
        _issued.Add(issue);
        Ask($"issue {tenant}/{id} {issue.Total}{(issue.AsDraft ? " as a draft" : "")}", s => s.IssueAsync(issue), tenant, insists: true).Ask();
        world.TakeAll();
    }

    private void Keep(StoredPaymentMethod method)
    {
        var kept = world.MethodStore.SaveAsync(method, CancellationToken.None);
        if (!kept.IsCompletedSuccessfully) kept.AsTask().GetAwaiter().GetResult();
    }

    private static StoredPaymentMethod MethodOf(TenantId tenant, AccountId account, string name, bool isDefault, bool isChargeable = true) => new()
    {
        Tenant = tenant, Id = new($"{name}_{account}"), Account = account, Gateway = Gateway, Token = ScriptedTokens.Visa, IsDefault = isDefault, IsChargeable = isChargeable,
    };

    private (TenantId Tenant, InvoiceId Id, IssueInvoice Issued) AnyInvoice()
    {
        var at = Tape.Next(world.Invoices.Count);
        return (world.Invoices[at].Tenant, world.Invoices[at].Invoice, _issued[at]);
    }

    private Client Ask<T>(string words, Func<IInvoicePaymentService, Task<T>> ask, TenantId tenant, OperationId? operation = null, bool insists = false) =>
        new(world, words, async s => await ask(s).ConfigureAwait(false), tenant, operation, insists);
}
