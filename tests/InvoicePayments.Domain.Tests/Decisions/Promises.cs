namespace InvoicePayments.Tests;

/// <summary>What is true after every change: all that is open reserves, nothing else does, a final operation keeps no token.</summary>
internal static class Promises
{
    internal static void Check(ChangeSet changes, IReadOnlyList<PaymentOperation> open)
    {
        foreach (var invoice in changes.Invoices)
        {
            Assert.True(invoice.Sums.HoldFor(invoice.Total.MinorUnits), $"The sums do not hold: {invoice.Sums}");
            Assert.Equal(open.Sum(o => o.Reserves?.PartOf(invoice.Id).MinorUnits ?? 0), invoice.Reserved.MinorUnits);
            Assert.Equal(changes.Facts.LastOrDefault(f => f.Invoice == invoice.Id)?.Sequence ?? invoice.FactCount, invoice.FactCount);
        }

        foreach (var payment in changes.Payments)
        {
            var refunds = open.Where(o => o.GivesBack && o.Payment == payment.Id).ToList();
            foreach (var share in payment.Shares) Assert.Equal(Parts(refunds, share.Invoice), share.RefundReserved);

            var disputes = open.Where(o => o.Kind == OperationKind.Dispute && o.Payment == payment.Id).ToList();
            foreach (var share in payment.Shares) Assert.Equal(Parts(disputes, share.Invoice), share.Disputed);
            Assert.Equal((payment.Disputed.MinorUnits, payment.Taken.MinorUnits), (payment.Disputes.Sum(d => d.Held), payment.Disputes.Sum(d => d.Taken)));
        }

        foreach (var payment in changes.Payments.Where(p => p.Funding.Count > 0))
        {
            Assert.Equal((payment.Captured.MinorUnits, payment.Refunded.MinorUnits), (payment.Funding.Sum(f => f.Captured), payment.Funding.Sum(f => f.Refunded)));
            Assert.Equal(
                (payment.Shares.Sum(s => s.RefundReserved), payment.Shares.Sum(s => s.TakenReopened)),
                (payment.Funding.Sum(f => f.RefundReserved), payment.Funding.Sum(f => f.Taken)));
        }

        foreach (var row in changes.Operations) Assert.Equal(row.Operation.IsFinal || row.Operation.Kind is OperationKind.Credit or OperationKind.Dispute, row.Command is null);
    }

    /// <summary>The books prove themselves: nobody changed a fact, and the journal that follows from them agrees with the invoice.</summary>
    internal static void Prove(Invoice invoice, IReadOnlyList<InvoiceEvent> facts)
    {
        Assert.Equal(new FactVerification.Intact(invoice.FactCount), FactChain.Verify(invoice, facts));
        Assert.Null(InvoiceJournal.Of(facts).Problem(invoice));
    }

    /// <summary>The same for an account's credit: its facts are one chain, and its sums are theirs.</summary>
    internal static void Prove(AccountCredit credit, IReadOnlyList<CreditEvent> facts)
    {
        Assert.Equal(new FactVerification.Intact(credit.FactCount), FactChain.Verify(credit, facts));
        Assert.Equal((facts.OfType<CreditEvent.Added>().Sum(f => f.Amount.MinorUnits), facts.OfType<CreditEvent.Spent>().Sum(f => f.Amount.MinorUnits)), (credit.Added, credit.Spent));
        Assert.Equal(facts.OfType<CreditEvent.Spent>().Sum(f => f.Missing?.MinorUnits ?? 0), credit.Missing);
        Assert.Equal(
            facts.OfType<CreditEvent.Held>().Sum(f => f.Amount.MinorUnits) - facts.OfType<CreditEvent.Freed>().Sum(f => f.Released.MinorUnits)
                - facts.OfType<CreditEvent.Spent>().Sum(f => f.Released.MinorUnits),
            credit.Reserved);
        Assert.True(credit.Holds);
    }

    private static long Parts(IEnumerable<PaymentOperation> operations, InvoiceId invoice) =>
        operations.Sum(o => o.Allocation.PartOf(invoice).MinorUnits);
}
