namespace InvoicePayments;

/// <summary>A run of a small world: all that is chosen is the order of the steps, and when what may strike does.</summary>
internal sealed partial class SmallPlan(SmallWorld small, PaymentPolicy policy, Tape tape) : Plan(tape)
{
    private static readonly TenantId Tenant = TenantId.Default;
    private static readonly InvoiceId Bill = new("inv_1");
    private static readonly InvoiceId OtherBill = new("inv_2");
    private static readonly InvoiceId Instalment = new("part_1");
    private static readonly AccountId Payer = new("acc_1");
    private static readonly Money Part = Money.FromMinorUnits(400, Currency.EUR);

    private bool _isBefore;
    private bool _isAfter;
    private int _asked;

    internal override PaymentPolicy Policy { get; } = policy;

    internal override GatewayProfile Profile { get; } = ScriptedGatewayOptions.ProfileOf(small.Duplicates);

    internal override Faults Faults { get; } = new(tape, small.MayStrike);

    internal override bool Webhooks => small.Webhooks || _isBefore;

    internal override bool HasNews => small.Webhooks || small.First.Concat(small.Then).Any(w => w is SmallWish.Dispute or SmallWish.ReturnDebit or SmallWish.RefundElsewhere);

    // When they come is part of the world.
    internal override bool PayersCome => false;

    internal override void Begin(World world)
    {
        for (var i = 0; i < small.Hosts; i++) world.AddHost(TimeSpan.Zero);
        var kept = world.MethodStore.SaveAsync(
            new() { Tenant = Tenant, Id = new("pm_1"), Account = Payer, Gateway = Workload.Gateway, Token = ScriptedTokens.Visa, IsDefault = true }, CancellationToken.None);
        World.Now(kept);
        Issue(world, "issue", Bill, 1_000);
        if (small.Invoices > 1) Issue(world, "issue the second", OtherBill, 1_000);
        if (small.Credit > 0) Earn(world);
        if (small.IsPaidTwice) PayTwice(world);
        foreach (var wish in small.First) Want(world, wish);
    }

    internal override bool WantMore(World world)
    {
        if (_isAfter || small.Then.Count == 0) return false;
        _isAfter = true;
        world.Queue.Advance(small.Pause);
        foreach (var wish in small.Then) Want(world, wish);
        return true;
    }

    // One after the other, so that no run differs from another in nothing but the names of the hosts.
    internal override SimulatedHost Choose(IReadOnlyList<SimulatedHost> alive) => alive[_asked++ % alive.Count];

    private void Want(World world, SmallWish wish)
    {
        switch (wish)
        {
            case SmallWish.Pay or SmallWish.PayAgain:
                Pay(world, "key1", null);
                break;
            case SmallWish.PayWithAnotherKey:
                Pay(world, "key2", null);
                break;
            case SmallWish.PayPart:
                Pay(world, "key3", Part);
                break;
            case SmallWish.PayAnotherPart:
                Pay(world, "key4", Part);
                break;
            case SmallWish.RecordCash:
                Ask(world, "record EUR 4.00 in cash with key5", s => s.RecordOfflinePaymentAsync(new() { InvoiceId = Bill, Key = "key5", Method = OfflineMethod.Cash, Amount = Part }), "key5");
                break;
            case SmallWish.Refund:
                Refund(world, "key6", null);
                break;
            case SmallWish.RefundPart:
                Refund(world, "key7", Part);
                break;
            case SmallWish.Authorize:
                Ask(world, "authorize all with key8", s => s.PayAsync(new() { InvoiceId = Bill, Key = "key8", CaptureLater = true }), "key8");
                break;
            case SmallWish.Capture when world.Books.Authorizations is [var (_, blocked), ..]:
                Ask(world, "capture all with key9", s => s.CaptureAsync(new() { PaymentId = blocked.Id, Key = "key9" }), "key9");
                break;
            case SmallWish.VoidPayment when world.Books.Authorizations is [var (_, blocked), ..]:
                Ask(world, "void the payment with key10", s => s.VoidPaymentAsync(new() { PaymentId = blocked.Id, Key = "key10" }), "key10");
                break;
            case SmallWish.Capture or SmallWish.VoidPayment:
                break;
            case SmallWish.Void:
                Ask(world, "void", s => s.VoidAsync(new() { InvoiceId = Bill }));
                break;
            case SmallWish.GiveUp:
                Ask(world, "give up", s => s.MarkUncollectibleAsync(new() { InvoiceId = Bill }));
                break;
            case SmallWish.Dispute or SmallWish.LoseDispute or SmallWish.WinDispute or SmallWish.ReturnDebit or SmallWish.RefundElsewhere:
                AtTheBank(world, wish);
                break;
            default:
                WantMore(world, wish);
                break;
        }
    }

    private void Pay(World world, string key, Money? amount) =>
        Ask(world, $"pay {amount?.ToString() ?? "all"} with {key}", s => s.PayAsync(new() { InvoiceId = Bill, Key = key, Amount = amount }), key);

    private void Refund(World world, string key, Money? amount)
    {
        if (world.Books.Payments is not [var (_, payment), ..]) return;
        var refund = new RefundPayment { PaymentId = payment.Id, Key = key, Amount = amount, ReopenInvoice = amount is not null };
        Ask(world, $"refund {amount?.ToString() ?? "all"} with {key}", s => s.RefundAsync(refund), key);
    }

    private void Ask<T>(World world, string words, Func<IInvoicePaymentService, Task<T>> ask, string? key = null) =>
        new Client(
            world, words, async s => await ask(s).ConfigureAwait(false), Tenant,
            key is null ? null : IdempotencyGuard.OperationOf(Tenant, Policy.KeyScope, null, new(key)), insists: false).Ask();
}
