namespace InvoicePayments;

/// <content>Credit, several invoices, instalments, and what banks do.</content>
internal sealed partial class SmallPlan
{
    private static readonly Money Disputed = Money.FromMinorUnits(600, Currency.EUR);

    private static void Issue(World world, string words, InvoiceId id, long total, PayableKind kind = PayableKind.Invoice)
    {
        world.Invoices.Add((Tenant, id));
        var issue = new IssueInvoice { InvoiceId = id, Kind = kind, Account = Payer, Total = Money.FromMinorUnits(total, Currency.EUR) };
        new Client(world, words, async s => await s.IssueAsync(issue).ConfigureAwait(false), Tenant, null, insists: false).Ask();
        world.TakeAll();
    }

    private void Earn(World world)
    {
        var grant = new InvoiceId("grant_1");
        Issue(world, "issue a grant", grant, small.Credit, PayableKind.CreditGrant);
        Ask(world, "record cash for the grant", s => s.RecordOfflinePaymentAsync(new() { CreditGrantId = grant, Key = "first", Method = OfflineMethod.Cash }));
        world.TakeAll();
    }

    // Before anything else, in one order but for what may strike; of the second movement a webhook tells in every world.
    private void PayTwice(World world)
    {
        _isBefore = true;
        Faults.Strike(SimulatedFault.MovesTwice);
        Pay(world, "first", null);
        world.TakeAll();
        _isBefore = false;
    }

    private void WantMore(World world, SmallWish wish)
    {
        switch (wish)
        {
            case SmallWish.PayWithCredit:
                Ask(world, "pay all with key11, credit first", s => s.PayAsync(new() { InvoiceId = Bill, Key = "key11", ApplyBalance = true }), "key11");
                break;
            case SmallWish.PayTheOtherWithCredit:
                Ask(world, "pay all of the second with key12, credit first", s => s.PayAsync(new() { InvoiceId = OtherBill, Key = "key12", ApplyBalance = true }), "key12");
                break;
            case SmallWish.PaySeveral:
                var both = new PayInvoice { Several = new PaymentSpread.OldestFirst(Bill, OtherBill), Key = "key13", Amount = Money.FromMinorUnits(1_500, Currency.EUR) };
                Ask(world, "pay EUR 15.00 of both with key13", s => s.PayAsync(both), "key13");
                break;
            case SmallWish.RequestInstalment:
                world.Invoices.Add((Tenant, Instalment));
                Ask(world, "ask for an instalment", s => s.RequestPaymentAsync(new() { PaymentRequestId = Instalment, InvoiceId = Bill, Amount = Part }));
                break;
            case SmallWish.PayInstalment:
                Ask(world, "pay the instalment with key14", s => s.PayAsync(new() { PaymentRequestId = Instalment, Key = "key14" }), "key14");
                break;
            case SmallWish.RequestLink or SmallWish.RequestLinkAgain:
                Ask(world, "make a link for all with key15", s => s.PayAsync(new() { InvoiceId = Bill, Key = "key15", LinkAt = Workload.Gateway }), "key15");
                break;
            case SmallWish.VisitLink:
                world.Queue.Add(TimeSpan.Zero, null, () =>
                {
                    foreach (var link in world.Books.Links.Take(1)) world.Visit(link);
                });
                break;
            default:
                Ask(world, "recover", s => s.RecoverAsync(10));
                break;
        }
    }

    private void AtTheBank(World world, SmallWish wish)
    {
        var last = world.Scripted.Ledger.Entries.LastOrDefault(e => !e.GivesBack);
        var charge = small.IsPaidTwice ? last : world.Scripted.Ledger.Entries.FirstOrDefault(e => !e.GivesBack);
        var open = world.Scripted.Ledger.Hold(book => book.Disputes.FirstOrDefault(d => d.Current is GatewayOutcome.Processing));
        switch (wish)
        {
            case SmallWish.Dispute when charge is not null:
                world.Scripted.OpenDispute(charge.GatewayPaymentId, Disputed);
                break;
            case SmallWish.ReturnDebit when charge is not null:
                world.Scripted.ReturnDebit(charge.GatewayPaymentId);
                break;
            case SmallWish.RefundElsewhere when last is not null && world.Scripted.Ledger.Hold(book => book.RefundableOf(last.GatewayPaymentId, Part.Currency)) >= Part.MinorUnits:
                world.Scripted.RefundElsewhere(last.GatewayPaymentId, Part);
                break;
            case SmallWish.LoseDispute when open is not null:
                world.Scripted.LoseDispute(new(open.Reference.Value));
                break;
            case SmallWish.WinDispute when open is not null:
                world.Scripted.WinDispute(new(open.Reference.Value));
                break;
            default:
                return;
        }

        world.Story?.Tell("bank", wish.ToString());
        world.HearNotices();
    }
}
