namespace InvoicePayments;

/// <content>What can be wanted.</content>
internal sealed partial class Workload
{
    private static readonly string[] Ways = ["", " by pm_1_acc_1", " by pm_1_acc_2", " by pm_2", " by a new card", ", nobody present", "", ""];

    private Client Pay()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var (key, amount) = (Key(), Part());
        var way = Tape.Next(8);
        var pay = new PayInvoice
        {
            Tenant = tenant, InvoiceId = invoice, Key = key, Amount = amount, Account = Caller(issued),
            PaymentMethod = way is 1 or 2 ? MethodOf(tenant, Accounts[way - 1], "pm_1", isDefault: true).Id : way == 3 ? new("pm_2_" + issued.Account) : null,
            Gateway = way == 4 ? Gateway : null, Token = way == 4 ? ScriptedTokens.Visa : null,
            Initiator = way == 5 ? PaymentInitiator.Merchant : PaymentInitiator.Customer,
        };
        return Ask(
            $"pay {amount?.ToString() ?? "all"} of {tenant}/{invoice} with {key}{Ways[way]}", s => s.PayAsync(pay), tenant, OperationOf(tenant, pay.Account, key));
    }

    private Client Refund()
    {
        if (world.Books.Refundable.Count == 0) return Pay();
        var (tenant, payment) = world.Books.Refundable[Tape.Next(world.Books.Refundable.Count)];
        var key = Key();
        var refund = new RefundPayment { Tenant = tenant, PaymentId = payment, Key = key, Amount = Part(), ReopenInvoice = Tape.Next(2) == 1 };
        return Ask(
            $"refund {refund.Amount?.ToString() ?? "all"} of {payment.Value[..10]}… with {key}", s => s.RefundAsync(refund), tenant,
            OperationOf(tenant, refund.Account, key));
    }

    // Only one of the tenants is enrolled, and amounts rarely fit: both are refused.
    private Client PaySplit()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var (key, amount) = (Key(), Part());
        FundingRequest funding = Tape.Next(4) == 3
            ? new FundingRequest.Amounts(new FundingPart(new("rec_1"), Money.FromMinorUnits(300, Currency.EUR)), new FundingPart(new("rec_2"), Money.FromMinorUnits(33, Currency.EUR)))
            : new FundingRequest.Shares(new FundingWeight(new("rec_1"), 1 + Tape.Next(3)), new FundingWeight(new("rec_2"), 1), new FundingWeight(new("rec_3"), 1));
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = key, Amount = amount, Account = Caller(issued), Funding = funding };
        return Ask(
            $"pay {amount?.ToString() ?? "all"} of {tenant}/{invoice} with {key}, split", s => s.PayAsync(pay), tenant, OperationOf(tenant, pay.Account, key));
    }

    private Client RecordCash()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var key = Key();
        var cash = new RecordOfflinePayment
        {
            Tenant = tenant, InvoiceId = invoice, Key = key, Method = OfflineMethod.Cash, Amount = Tape.Next(5) == 4 ? MoreThanDue : Part(), Account = Caller(issued),
        };
        return Ask(
            $"record {cash.Amount?.ToString() ?? "all"} in cash for {tenant}/{invoice} with {key}", s => s.RecordOfflinePaymentAsync(cash), tenant,
            OperationOf(tenant, cash.Account, key));
    }

    private Client Void()
    {
        var (tenant, invoice) = AnyDocument();
        return Ask($"void {tenant}/{invoice}", s => s.VoidAsync(new() { Tenant = tenant, InvoiceId = invoice }), tenant);
    }

    private Client GiveUp()
    {
        var (tenant, invoice) = AnyDocument();
        return Ask($"give up {tenant}/{invoice}", s => s.MarkUncollectibleAsync(new() { Tenant = tenant, InvoiceId = invoice }), tenant);
    }

    private Client IssueAgain()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        return Ask($"issue {tenant}/{invoice} {issued.Total} again", s => s.IssueAsync(issued with { AsDraft = false }), tenant);
    }

    private Client SaveMethod()
    {
        var (tenant, _, issued) = AnyInvoice();
        var method = MethodOf(tenant, issued.Account, "pm_2", isDefault: Tape.Next(2) == 1, isChargeable: Tape.Next(4) != 3);
        return Ask($"keep {method.Id}", s => s.SavePaymentMethodAsync(method), tenant);
    }

    private Client Recover() => Ask("recover", s => s.RecoverAsync(10), TenantId.Default);

    // Who delivers does so again a little later, or tidies up when all that was delivered is old.
    private Client Dispatch()
    {
        var then = Tape.Next(4);
        if (then > 0) world.Queue.Add(then == 3 ? TimeSpan.FromHours(3) : TimeSpan.FromMinutes(1), null, () => (then == 3 ? Purge() : Deliver()).Ask());
        return Deliver();
    }

    private Client Deliver() => world.Outbox is null ? Recover() : Ask("deliver", s => s.DispatchAsync(10), TenantId.Default);

    // An operator, or the payer who comes back from a challenge, asks about one operation.
    private Client Resume()
    {
        if (world.Books.AnyOperation() is not { } operation) return Recover();
        var waits = Tape.Next(2) == 1;
        var resume = new ResumeOperation { Tenant = operation.Tenant, Operation = operation.Id, ByCaller = waits };
        return Ask(
            $"find out about {Story.Short(operation.Reference)}{(waits ? ", and wait for it" : "")}", s => s.ResumeAsync(resume), operation.Tenant,
            waits ? operation.Id : null);
    }

    private Client LookAtInvoice()
    {
        var (tenant, invoice) = AnyDocument();
        var words = $"look at {tenant}/{invoice}";
        return Ask(words, async service =>
        {
            var since = world.Books.VersionsOf(tenant, invoice);
            var shown = await service.GetInvoiceAsync(invoice, tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, (tenant, invoice), shown);
            return shown;
        }, tenant);
    }

    private Client LookAtOperations()
    {
        var (tenant, invoice) = AnyDocument();
        var words = $"list the operations of {tenant}/{invoice}";
        return Ask(words, async service =>
        {
            var since = world.Books.OperationsOf(tenant, invoice);
            var shown = await service.ListOperationsAsync(invoice, tenant: tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, shown.Items);
            return shown;
        }, tenant);
    }

    private Client LookAtFacts()
    {
        var (tenant, invoice) = AnyDocument();
        var words = $"list the facts of {tenant}/{invoice}";
        return Ask(words, async service =>
        {
            var since = world.Books.FactsOf(tenant, invoice);
            var shown = await service.ListFactsAsync(invoice, tenant: tenant).ConfigureAwait(false);
            world.Books.Shown(words, since, world.Books.FactsOf(tenant, invoice), shown.Items);
            return shown;
        }, tenant);
    }

    private Client LookAtPayment()
    {
        if (world.Books.Payments.Count == 0) return LookAtInvoice();
        var (tenant, payment) = world.Books.Payments[Tape.Next(world.Books.Payments.Count)];
        var words = $"look at {payment.Id.Value[..10]}…";
        return Ask(words, async service =>
        {
            var shown = await service.GetPaymentAsync(payment.Id, tenant).ConfigureAwait(false);
            world.Books.Shown(words, payment, shown);
            return shown;
        }, tenant);
    }

    private string Key() => _lastKey = $"key{Tape.Next(3)}";

    // For what is wanted at the same time and is to be another payment.
    private string OtherKey() => _lastKey + "b";

    // The key of somebody else's wish, at about the same time: of two with the same key one at most may have it.
    private Client PayWithTheSameKey()
    {
        var (tenant, invoice, _) = AnyInvoice();
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = _lastKey };
        return Ask($"pay all of {tenant}/{invoice} with {_lastKey} too", s => s.PayAsync(pay), tenant, OperationOf(tenant, null, _lastKey));
    }

    private OperationId OperationOf(TenantId tenant, AccountId? account, string key) => IdempotencyGuard.OperationOf(tenant, world.Policy.KeyScope, account, new(key));

    // The host itself, the customer who owns the invoice, or another one.
    private AccountId? Caller(IssueInvoice issued) => Tape.Next(6) switch
    {
        0 or 1 or 2 or 3 => null,
        4 => issued.Account,
        _ => Accounts.First(a => a != issued.Account),
    };

    private Money? Part() => Tape.Next(3) switch
    {
        0 => null,
        1 => Money.FromMinorUnits(1 + Tape.Next(400), Currency.EUR),
        _ => Money.FromMinorUnits(333, Currency.EUR),
    };
}
