using FsCheck;
using FsCheck.Fluent;
using static InvoicePayments.Tests.Given;

namespace InvoicePayments.Tests;

/// <summary>
/// Whatever is paid with credit, kept as credit, declined, given back, disputed, lost or told late, in whatever order: credit is never negative, what is
/// open speaks for exactly what is reserved, and every unit of it came from somewhere and went somewhere, once.
/// </summary>
public sealed class CreditLawTests
{
    private static readonly CreditAddress Address = new(Ada, Currency.EUR);

    private static readonly Gen<(int What, int Which, int Amount)> Step =
        from what in Gen.Choose(0, 10) from which in Gen.Choose(0, 5) from amount in Gen.Elements(1, 50, 100, 150, 400) select (what, which, amount);

    private static readonly Gen<(int What, int Which, int Amount)[]> Anything = from count in Gen.Choose(4, 25) from steps in Step.ArrayOf(count) select steps;

    [Fact]
    public void CreditIsNeverNegative_AndItsTotalIsConserved() => Property.Holds(Anything, steps => Run(OverpaymentRule.Refuse, steps), times: 200);

    [Fact]
    public void WithOverpaymentsKept_TheSameHolds() => Property.Holds(Anything, steps => Run(OverpaymentRule.KeepAsCredit, steps), times: 200);

    private static void Run(OverpaymentRule rule, (int What, int Which, int Amount)[] steps)
    {
        var story = new Story { Policy = new() { Overpayments = rule } };
        for (var i = 0; i < 3; i++) story.Answer(Issue(100 + (50 * i), $"inv_{i}"));
        for (var i = 0; i < 3; i++) story.Answer(Issue(200, $"cg_{i}") with { Kind = PayableKind.CreditGrant });
        story.Answer(new RecordOfflinePayment { CreditGrantId = new("cg_0"), Key = "first", Method = OfflineMethod.Cash, Amount = Eur(120) });
        for (var n = 0; n < steps.Length; n++)
        {
            Do(story, steps[n], $"key{n}");
            Check(story);
        }
    }

    private static void Do(Story story, (int What, int Which, int Amount) step, string key)
    {
        var (what, which, amount) = step;
        var charges = story.Operations.Where(o => o.Kind is OperationKind.Charge or OperationKind.Refund && o.Gateway is not null && o.EvidenceOf is null).ToList();
        var payments = story.Payments.ToList();
        var invoice = new InvoiceId($"inv_{which % 3}");
        switch (what)
        {
            case 0 or 1:
                story.When(new PayInvoice { InvoiceId = invoice, Key = key, ApplyBalance = true, Gateway = Acme, Token = new("tok_1"), Amount = which > 2 ? Eur(amount) : null });
                break;
            case 2:
                story.When(new PayInvoice { CreditGrantId = new($"cg_{which % 3}"), Key = key, Gateway = Acme, Token = new("tok_1"), Amount = Eur(amount) });
                break;
            case 3:
                story.When(new RecordOfflinePayment { InvoiceId = invoice, Key = key, Method = OfflineMethod.Cash, Amount = Eur(amount) });
                break;
            case 4:
                story.When(new PayInvoice
                {
                    Several = new PaymentSpread.OldestFirst(new("inv_0"), new("inv_1"), new("inv_2")), Key = key, ApplyBalance = true, Gateway = Acme, Token = new("tok_1"),
                });
                break;
            case 5 when payments.Count > 0:
                story.When(new RefundPayment { PaymentId = payments[which % payments.Count].Id, Key = key, Amount = Eur(amount), ReopenInvoice = which % 2 == 0 });
                break;
            case 6 when charges.Count > 0:
                var declined = charges[^(1 + (which % charges.Count))];
                story.Tell(declined.Id, new GatewayOutcome.Declined(NoFunds));
                break;
            case 7 or 8 when charges.Count > 0:
                var moved = charges[^(1 + (which % charges.Count))];
                story.Tell(moved.Id, new GatewayOutcome.Succeeded(new($"ch_{moved.Id.Value}_{amount % 3}"), moved.Amount));
                break;
            case 9 or 10 when payments.Where(p => p.GatewayPaymentId is not null).ToList() is { Count: > 0 } known:
                var about = known[which % known.Count].GatewayPaymentId!.Value;
                GatewayNotice notice = what == 10 && which % 2 == 0 ? new GatewayNotice.DisputeOpened(new($"dp_{about.Value}"), Eur(amount))
                    : what == 10 ? new GatewayNotice.RefundedElsewhere(new($"re_{key}"), Eur(amount))
                    : new GatewayNotice.DisputeLost(new($"dp_{about.Value}"), Eur(amount));
                story.Answer(new RecordDispute { Gateway = Acme, GatewayPaymentId = about, Notice = notice });
                break;
        }
    }

    private static void Check(Story story)
    {
        var credit = story.CreditOf(Address);
        if (credit is null) return;
        Assert.True(credit.Holds, credit.ToString());

        var open = story.Operations.Where(o => !o.IsFinal).ToList();
        var held = open.Where(o => o.Kind == OperationKind.Credit).Sum(o => o.Amount.MinorUnits)
            + open.Where(o => o.Kind == OperationKind.Refund).SelectMany(o => o.Allocation.Parts).Where(p => story.IsGrant(p.Invoice)).Sum(p => p.Amount.MinorUnits);
        Assert.Equal(held, credit.Reserved);
        Assert.All(open.Where(o => o.Kind == OperationKind.Credit), o => Assert.False(story[o.Follows!.Value].IsFinal, "Credit waits for a charge that is over."));

        var grants = story.Payments.SelectMany(p => p.Shares).Where(s => story.IsGrant(s.Invoice)).Sum(s => s.Captured - s.Refunded - s.TakenReopened);
        var byCredit = story.Payments.Where(p => p.Mode == PaymentMode.Credit).Sum(p => p.Captured.MinorUnits - p.Refunded.MinorUnits);
        Assert.Equal(grants - byCredit + credit.Missing, credit.Balance.MinorUnits);
        Assert.All(story.Payments, HoldsTogether);
    }

    // No document has lost what another one still has.
    private static void HoldsTogether(Payment payment)
    {
        long[] left = [.. payment.Shares.Select(s => s.Captured - s.Refunded - s.Taken)];
        Assert.False(payment.Taken.IsPositive && left.Any(l => l < 0) && left.Any(l => l > 0), payment.ToString());
    }
}
