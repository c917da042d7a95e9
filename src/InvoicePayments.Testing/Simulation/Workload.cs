namespace InvoicePayments;

/// <summary>What people want of the hosts in one run: invoices of one or two tenants, and everything that can be done with them.</summary>
internal sealed class Workload(World world, SimulationOptions options)
{
    internal static readonly GatewayName Gateway = new("simulated");
    private static readonly AccountId Payer = new("acc_payer");
    private static readonly long[] Totals = [1_000, 1, 333, 0];
    private static readonly TimeSpan[] Gaps = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(7), TimeSpan.FromHours(3)];

    private Tape Tape => world.Tape;

    /// <summary>Issues the invoices, and lines up what people will want.</summary>
    internal void Begin()
    {
        var tenants = 1 + Tape.Next(2);
        for (var t = 0; t < tenants; t++)
        {
            var tenant = new TenantId(t == 0 ? "north" : "south");
            var invoices = 1 + Tape.Next(2);
            for (var i = 0; i < invoices; i++) Issue(tenant, new($"inv_{i + 1}"), Money.FromMinorUnits(Totals[Tape.Next(Totals.Length)], Currency.EUR));
        }

        while (world.Queue.Ready() is [var next, ..]) world.Queue.Take(next);
        var at = TimeSpan.Zero;

        // One thing in the harmless case, and so in a shortened story; else several, so that they get in each other's way.
        var commands = Tape.Next(1_000) is var drawn and > 0 ? Math.Min(3 + (drawn % options.MaxCommands), options.MaxCommands) : 1;
        for (var n = 0; n < commands; n++)
        {
            at += Gaps[Tape.Next(Gaps.Length)];
            world.Queue.Add(at, null, () => Want().Ask());
        }
    }

    private void Issue(TenantId tenant, InvoiceId id, Money total)
    {
        world.Invoices.Add((tenant, id));
        var issue = new IssueInvoice { Tenant = tenant, InvoiceId = id, Account = Payer, Total = total };
        new Client(world, $"issue {tenant}/{id} {total}", async s => await s.IssueAsync(issue).ConfigureAwait(false), tenant, null, insists: true).Ask();
        world.MethodStore.SaveAsync(
            new() { Tenant = tenant, Id = new("pm_1"), Account = Payer, Gateway = Gateway, Token = ScriptedTokens.Visa, IsDefault = true }, CancellationToken.None)
            .AsTask().GetAwaiter().GetResult();
    }

    private Client Want()
    {
        var (tenant, invoice) = world.Invoices[Tape.Next(world.Invoices.Count)];
        var key = $"key{Tape.Next(4)}";
        switch (Tape.Next(12))
        {
            case 0 or 1 or 2 or 3 or 4:
                return Pay(tenant, invoice, key);
            case 5 or 6 when world.Books.Payments.Count > 0:
                return Refund(key);
            case 7:
                var cash = new RecordOfflinePayment { Tenant = tenant, InvoiceId = invoice, Key = key, Method = OfflineMethod.Cash, Amount = Part() };
                return Ask($"record {cash.Amount?.ToString() ?? "all"} in cash for {tenant}/{invoice} with {key}", s => s.RecordOfflinePaymentAsync(cash), tenant, key);
            case 8:
                var taken = new VoidInvoice { Tenant = tenant, InvoiceId = invoice };
                return Ask($"void {tenant}/{invoice}", s => s.VoidAsync(taken), tenant);
            case 9:
                var lost = new MarkUncollectible { Tenant = tenant, InvoiceId = invoice };
                return Ask($"give up {tenant}/{invoice}", s => s.MarkUncollectibleAsync(lost), tenant);
            case 10:
                return Ask($"look at {tenant}/{invoice}", s => s.GetInvoiceAsync(invoice, tenant), tenant);
            default:
                return Ask("recover", s => s.RecoverAsync(10), tenant);
        }
    }

    private Client Pay(TenantId tenant, InvoiceId invoice, string key)
    {
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = key, Amount = Part() };
        return Ask($"pay {pay.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {key}", s => s.PayAsync(pay), tenant, key);
    }

    private Client Refund(string key)
    {
        var (tenant, payment) = world.Books.Payments[Tape.Next(world.Books.Payments.Count)];
        var refund = new RefundPayment { Tenant = tenant, PaymentId = payment.Id, Key = key, Amount = Part(), ReopenInvoice = Tape.Next(2) == 1 };
        return Ask($"refund {refund.Amount?.ToString() ?? "all"} of {payment.Id.Value[..10]}… with {key}", s => s.RefundAsync(refund), tenant, key);
    }

    private Money? Part() => Tape.Next(3) switch
    {
        0 => null,
        1 => Money.FromMinorUnits(1 + Tape.Next(400), Currency.EUR),
        _ => Money.FromMinorUnits(333, Currency.EUR),
    };

    private Client Ask<T>(string words, Func<IInvoicePaymentService, Task<T>> ask, TenantId tenant, string? key = null) =>
        new(world, words, async s => await ask(s).ConfigureAwait(false), tenant, key, insists: false);
}
