namespace InvoicePayments;

/// <content>What payers and their banks do long after a payment succeeded, and what an operator does about it: compares with the statement.</content>
internal sealed partial class Workload
{
    private static readonly TimeSpan[] Judging = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(3), TimeSpan.FromDays(3)];

    // At the gateway, so nobody is asked for anything: the hosts hear of it by a webhook, or not at all.
    private Client? Dispute()
    {
        var charges = ChargesAtTheGateway();
        if (charges.Count == 0) return Pay();
        var charge = AnyOf(charges);
        var rest = RestOf(charge);
        var amount = Tape.Next(3) switch
        {
            0 when rest > 0 => Money.FromMinorUnits(rest, charge.Money.Currency),
            1 => Money.Min(charge.Money, Part() ?? charge.Money),
            _ => charge.Money,
        };
        var opened = world.Scripted.OpenDispute(charge.GatewayPaymentId, amount);
        world.Story?.Tell("payer", $"disputes {amount} of {Story.Short(charge.Reference)} as {opened.Dispute.Value[..6]}…");
        world.HearNotices();
        var verdict = Tape.Next(4);
        if (verdict < 3) world.Queue.Add(Judging[Tape.Next(Judging.Length)], null, () => Judge(opened, verdict));
        return null;
    }

    private void Judge(GatewayNotice.DisputeOpened opened, int verdict)
    {
        var part = Money.FromMinorUnits((opened.Amount.MinorUnits + 1) / 2, opened.Amount.Currency);
        world.Story?.Tell("bank", $"decides the dispute {opened.Dispute.Value[..6]}…: {verdict switch { 0 => "lost", 1 => "won", _ => $"{part} of it lost" }}");
        if (verdict == 1) world.Scripted.WinDispute(opened.Dispute);
        else world.Scripted.LoseDispute(opened.Dispute, verdict == 0 ? null : part);
        world.HearNotices();
    }

    private Client? ReturnDebit()
    {
        var returned = world.Scripted.Ledger.Entries.Where(e => e.Kind == OperationKind.Return).Select(e => e.Of).ToHashSet();
        var charges = ChargesAtTheGateway().Where(c => !returned.Contains(c.GatewayPaymentId)).ToList();
        if (charges.Count == 0) return Pay();
        var charge = AnyOf(charges);
        world.Story?.Tell("bank", $"returns the debit of {Story.Short(charge.Reference)}, {charge.Money}");
        world.Scripted.ReturnDebit(charge.GatewayPaymentId);
        world.HearNotices();
        return null;
    }

    // Of a split payment nobody here can know whether the recipients gave their parts back as well.
    private Client? RefundElsewhere()
    {
        var charges = ChargesAtTheGateway().Where(c => !world.Books.IsSplit(c) && RestOf(c) > 0).ToList();
        if (charges.Count == 0) return Pay();
        var charge = charges[Tape.Next(charges.Count)];
        var rest = Money.FromMinorUnits(RestOf(charge), charge.Money.Currency);
        var amount = Tape.Next(2) == 0 ? rest : Money.Min(rest, Part() ?? rest);
        world.Story?.Tell("person", $"gives {amount} of {Story.Short(charge.Reference)} back at the gateway");
        world.Scripted.RefundElsewhere(charge.GatewayPaymentId, amount);
        world.HearNotices();
        return null;
    }

    private Client? FailRefund()
    {
        // Mostly it takes the bank a while, and there has to be a refund first.
        world.Queue.Add(Judging[Tape.Next(Judging.Length)], null, SendARefundBack);
        return Tape.Next(2) == 0 ? Refund() : RefundElsewhere();
    }

    private void SendARefundBack()
    {
        var refunds = world.Scripted.Ledger.Entries.Where(e => e.Kind == OperationKind.Refund).ToList();
        if (refunds.Count == 0) return;
        var refund = refunds[Tape.Next(refunds.Count)];
        world.Story?.Tell("bank", $"sends back the refund {Story.Short(refund.Reference)}, {refund.Money}");
        world.Books.Failed(world.Scripted.FailRefund(refund.GatewayPaymentId), refund);
        world.HearNotices();
    }

    private long RestOf(LedgerEntry charge) => world.Scripted.Ledger.Hold(book => book.RefundableOf(charge.GatewayPaymentId, charge.Money.Currency));

    // Half of the time one that has paid several documents, if there is one: what is lost of it has to be divided.
    private LedgerEntry AnyOf(List<LedgerEntry> charges)
    {
        var several = Tape.Next(2) == 1 ? charges.FindAll(c => world.Books.TakerOf(c.Tenant, c.GatewayPaymentId) is { } taker && world.PaymentOf(taker) is { Shares.Count: > 1 }) : [];
        return several.Count > 0 ? several[Tape.Next(several.Count)] : charges[Tape.Next(charges.Count)];
    }

    private List<LedgerEntry> ChargesAtTheGateway() => [.. world.Scripted.Ledger.Entries.Where(e => !e.GivesBack)];

    private Client Compare()
    {
        if (world.Movements is null) return Recover();
        var (tenant, _, _) = AnyInvoice();
        return world.Comparing(tenant);
    }
}
