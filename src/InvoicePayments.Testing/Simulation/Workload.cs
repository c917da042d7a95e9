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
    private (int Weight, SimulatedWish Wish, Func<Client?> Make)[] Wishes => _wishes ??=
    [
        (10, SimulatedWish.Pay, Pay), (4, SimulatedWish.Refund, Refund), (2, SimulatedWish.RecordCash, RecordCash), (2, SimulatedWish.Recover, Recover),
        (2, SimulatedWish.Void, Void), (2, SimulatedWish.GiveUp, GiveUp), (1, SimulatedWish.Look, LookAtInvoice), (1, SimulatedWish.Look, LookAtOperations),
        (1, SimulatedWish.Look, LookAtFacts), (1, SimulatedWish.Look, LookAtPayment), (2, SimulatedWish.Resume, Resume), (1, SimulatedWish.IssueAgain, IssueAgain),
        (1, SimulatedWish.SaveMethod, SaveMethod), (2, SimulatedWish.Dispatch, Dispatch), (2, SimulatedWish.Settle, Settle), (1, SimulatedWish.Quote, Quote),
        (1, SimulatedWish.Explain, Explain), (3, SimulatedWish.Collect, Collect), (1, SimulatedWish.StopDunning, StopDunning),
        (1, SimulatedWish.ResumeDunning, ResumeDunning), (3, SimulatedWish.Authorize, Authorize), (3, SimulatedWish.Capture, Capture),
        (2, SimulatedWish.VoidPayment, VoidPayment), (3, SimulatedWish.PayWithTheSameKey, PayWithTheSameKey), (2, SimulatedWish.PaySplit, PaySplit),
        (3, SimulatedWish.PayByLink, PayByLink), (2, SimulatedWish.CreatePayment, CreatePayment),
        (4, SimulatedWish.PayWithCredit, PayWithCredit), (3, SimulatedWish.PayCreditGrant, PayGrant),
        (4, SimulatedWish.PaySeveral, PaySeveral), (2, SimulatedWish.RequestInstalment, RequestInstalment), (3, SimulatedWish.PayInstalment, PayInstalment),
        (4, SimulatedWish.Dispute, Dispute), (2, SimulatedWish.ReturnDebit, ReturnDebit), (2, SimulatedWish.Compare, Compare),
        (1, SimulatedWish.Look, LookAtCredit), (1, SimulatedWish.Look, LookAtCreditFacts), (1, SimulatedWish.Prove, Prove), (1, SimulatedWish.Prove, LookAtJournal),
        (1, SimulatedWish.Purge, Purge), (1, SimulatedWish.Release, Release),
        (2, SimulatedWish.RefundElsewhere, RefundElsewhere), (1, SimulatedWish.FailRefund, FailRefund),
    ];

    private (int Weight, SimulatedWish Wish, Func<Client?> Make)[]? _wishes;
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
            BeginCredit(tenant);
        }

        var at = TimeSpan.Zero;
        var commands = 1 + Tape.Next(options.MaxCommands);
        var isRush = Tape.Chance(100);
        for (var n = 0; n < commands; n++)
        {
            var isGiven = Tape.BeginsStrand();
            if (!isRush) at += Gaps[Tape.Next(Gaps.Length)];
            if (isGiven) world.Queue.Add(at, null, () => Want()?.Ask());
        }

        Tape.Strand = 0;
    }

    /// <summary>One thing more that somebody wants; null when it happened at the gateway.</summary>
    internal Client? Want()
    {
        var drawn = Tape.Next(Wishes.Sum(w => w.Weight));
        foreach (var (weight, wish, make) in Wishes)
        {
            if (drawn < weight)
            {
                world.Wished[(int)wish]++;
                return make();
            }

            drawn -= weight;
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private void IssueFirst(TenantId tenant, InvoiceId id)
    {
        world.Invoices.Add((tenant, id));
        var issue = new IssueInvoice
        {
            Tenant = tenant, InvoiceId = id, Account = Accounts[Tape.Next(4) / 3],
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
        var issued = _issued[Tape.Next(_issued.Count)];
        return (issued.Tenant, issued.InvoiceId, issued);
    }

    // Mostly one of the invoices, and sometimes one of the other documents.
    private (TenantId Tenant, InvoiceId Id) AnyDocument() => world.Invoices[Tape.Next(world.Invoices.Count)];

    private Client Ask<T>(string words, Func<IInvoicePaymentService, Task<T>> ask, TenantId tenant, OperationId? operation = null, bool insists = false) =>
        new(world, words, async s => await ask(s).ConfigureAwait(false), tenant, operation, insists);
}
