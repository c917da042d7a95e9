namespace InvoicePayments;

/// <content>Account credit: it comes by grants that are paid and by what is paid beyond what is due, and pays first where that is asked.</content>
internal sealed partial class Workload
{
    private static readonly Money GrantTotal = Money.FromMinorUnits(500, Currency.EUR);
    private static readonly Money MoreThanDue = Money.FromMinorUnits(1_500, Currency.EUR);

    private readonly List<IssueInvoice> _grants = [];

    // In a third of the runs nobody has credit at first, in a third there is a grant to be paid, and in a third it was paid in cash.
    private void BeginCredit(TenantId tenant)
    {
        var begins = Tape.Next(3);
        if (begins == 0) return;
        var grant = NewGrant(tenant, Tape.Next(4) == 3 ? Accounts[Tape.Next(Accounts.Length)] : _issued[^1].Account);
        Ask($"issue the grant {tenant}/{grant.InvoiceId} {grant.Total}", s => s.IssueAsync(grant), tenant, insists: true).Ask();
        world.TakeAll();
        if (begins == 1) return;
        var cash = new RecordOfflinePayment { Tenant = tenant, CreditGrantId = grant.InvoiceId, Key = $"first_{tenant}", Method = OfflineMethod.Cash };
        Ask($"record all in cash for the grant {tenant}/{grant.InvoiceId}", s => s.RecordOfflinePaymentAsync(cash), tenant, insists: true).Ask();
        world.TakeAll();
    }

    // Mostly in two tabs at once, where the account has two invoices: what pays for one is not there any more for the other.
    private Client PayWithCredit()
    {
        var (_, _, first) = AnyInvoice();
        var others = Tape.Next(4) == 0 ? [] : _issued.Where(i => i != first && (i.Tenant, i.Account) == (first.Tenant, first.Account)).ToList();
        var pay = PayWithCredit(first, Key(), Caller(first));
        if (others.Count > 0) world.Queue.Add(TimeSpan.Zero, null, PayWithCredit(others[Tape.Next(others.Count)], OtherKey(), null).Ask);
        return pay;
    }

    private Client PayWithCredit(IssueInvoice issued, string key, AccountId? caller)
    {
        var (tenant, invoice) = (issued.Tenant, issued.InvoiceId);
        var pay = new PayInvoice { Tenant = tenant, InvoiceId = invoice, Key = key, Amount = Part(), Account = caller, ApplyBalance = true };
        return Ask(
            $"pay {pay.Amount?.ToString() ?? "all"} of {tenant}/{invoice} with {pay.Key}, credit first", s => s.PayAsync(pay), tenant,
            OperationOf(tenant, pay.Account, pay.Key));
    }

    private Client PayGrant()
    {
        if (_grants.Count == 0 || Tape.Next(5) == 4) return IssueGrant();
        var grant = _grants[Tape.Next(_grants.Count)];
        var pay = new PayInvoice { Tenant = grant.Tenant, CreditGrantId = grant.InvoiceId, Key = Key(), Amount = Part() };
        return Ask(
            $"pay {pay.Amount?.ToString() ?? "all"} of the grant {grant.Tenant}/{grant.InvoiceId} with {pay.Key}", s => s.PayAsync(pay), grant.Tenant,
            OperationOf(grant.Tenant, pay.Account, pay.Key));
    }

    private Client IssueGrant()
    {
        var (tenant, _, issued) = AnyInvoice();
        var grant = NewGrant(tenant, issued.Account);
        return Ask($"issue the grant {tenant}/{grant.InvoiceId} {grant.Total}", s => s.IssueAsync(grant), tenant);
    }

    private IssueInvoice NewGrant(TenantId tenant, AccountId account)
    {
        var grant = new IssueInvoice { Tenant = tenant, InvoiceId = new($"grant_{_grants.Count + 1}"), Kind = PayableKind.CreditGrant, Account = account, Total = GrantTotal };
        _grants.Add(grant);
        world.Invoices.Add((tenant, grant.InvoiceId));
        return grant;
    }
}
