namespace InvoicePayments;

/// <summary>
/// A world small enough to try everything in: one invoice, a few wishes at once, and faults that each strike a given number of times at most,
/// at any moment at which they can. The gateway's webhooks come by themselves and are part of every order. Every further wish multiplies the
/// number of orders by ten or more.
/// </summary>
public sealed record SmallWorld
{
    private static readonly TimeSpan ALittleLater = TimeSpan.FromMinutes(2);

    /// <summary>What it is about, for people.</summary>
    public required string Name { get; init; }

    /// <summary>What is wanted at once.</summary>
    public required IReadOnlyList<SmallWish> First { get; init; }

    /// <summary>What is wanted at once when everything of before has come to rest. Default nothing.</summary>
    public IReadOnlyList<SmallWish> Then { get; init; } = [];

    /// <summary>How long it takes until <see cref="Then"/>. Default zero.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What may go wrong: a kind that stands here twice may strike twice. Default nothing.</summary>
    public IReadOnlyList<SimulatedFault> MayStrike { get; init; } = [];

    /// <summary>How the gateway treats a request with a reference it knows. Default <see cref="DuplicateRule.ReplayCurrentState"/>.</summary>
    public DuplicateRule Duplicates { get; init; } = DuplicateRule.ReplayCurrentState;

    /// <summary>Whether the gateway reports by itself what happened, at any moment after it has. Default true.</summary>
    public bool Webhooks { get; init; } = true;

    /// <summary>How many hosts there are; who wants something is served by one after the other. Default 2.</summary>
    public int Hosts { get; init; } = 2;

    /// <summary>How many invoices there are, all of one account. Default 1.</summary>
    public int Invoices { get; init; } = 1;

    /// <summary>What the account has as credit at first, in cents. Default none.</summary>
    public long Credit { get; init; }

    /// <summary>
    /// Whether somebody has paid the first invoice at first, by a charge that the gateway then moved twice: the second time it is overpaid, or the account's credit
    /// where <see cref="PaymentPolicy.Overpayments"/> keeps that. What banks do is then about the second time. Default false.
    /// </summary>
    public bool IsPaidTwice { get; init; }

    /// <summary>The worlds that this library itself is held to.</summary>
    public static IReadOnlyList<SmallWorld> All { get; } =
    [
        new() { Name = "the same key twice", First = [SmallWish.Pay, SmallWish.PayAgain] },
        new() { Name = "the same key twice, and a host dies", First = [SmallWish.Pay, SmallWish.PayAgain], MayStrike = [SimulatedFault.HostDies] },
        new() { Name = "two keys for the same money", First = [SmallWish.Pay, SmallWish.PayWithAnotherKey] },
        new() { Name = "two keys, and a decline", Webhooks = false, First = [SmallWish.Pay, SmallWish.PayWithAnotherKey], MayStrike = [SimulatedFault.Decline] },
        new() { Name = "two keys, and a host dies", First = [SmallWish.Pay, SmallWish.PayWithAnotherKey], MayStrike = [SimulatedFault.HostDies] },
        new() { Name = "two parts that fit", Webhooks = false, First = [SmallWish.PayPart, SmallWish.PayAnotherPart] },
        new()
        {
            Name = "two parts that fit, and a host dies", First = [SmallWish.PayPart, SmallWish.PayAnotherPart], Webhooks = false,
            MayStrike = [SimulatedFault.HostDies],
        },
        new()
        {
            Name = "the same key twice, and hosts die twice", First = [SmallWish.Pay, SmallWish.PayAgain],
            MayStrike = [SimulatedFault.HostDies, SimulatedFault.HostDies],
        },
        new()
        {
            Name = "two keys, and a store that fails on either side", First = [SmallWish.Pay, SmallWish.PayWithAnotherKey],
            MayStrike = [SimulatedFault.StoreFailsBefore, SimulatedFault.StoreFailsAfter],
        },
        new()
        {
            Name = "a payment, cash and a void, and a host dies", First = [SmallWish.Pay, SmallWish.RecordCash, SmallWish.Void], Webhooks = false,
            MayStrike = [SimulatedFault.HostDies],
        },
        new() { Name = "a capture and a void at once", First = [SmallWish.Authorize], Then = [SmallWish.Capture, SmallWish.VoidPayment], Webhooks = false },
        new() { Name = "a capture with its webhook, and a host dies", First = [SmallWish.Authorize], Then = [SmallWish.Capture], MayStrike = [SimulatedFault.HostDies] },
        new()
        {
            Name = "a capture and a void at once, and a host dies", First = [SmallWish.Authorize], Then = [SmallWish.Capture, SmallWish.VoidPayment],
            Webhooks = false, MayStrike = [SimulatedFault.HostDies],
        },
        new() { Name = "a payment, cash and a void", Webhooks = false, First = [SmallWish.Pay, SmallWish.RecordCash, SmallWish.Void] },
        new() { Name = "a payment that is given up, and comes late", First = [SmallWish.Pay, SmallWish.GiveUp], MayStrike = [SimulatedFault.GatewayIsSlow] },
        new()
        {
            Name = "two refunds", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Refund, SmallWish.RefundPart],
        },
        new()
        {
            Name = "a refund, and a host dies", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Refund, SmallWish.RefundPart], MayStrike = [SimulatedFault.HostDies],
        },
        new()
        {
            Name = "a refund while the rest is paid", Webhooks = false, First = [SmallWish.PayPart], Then = [SmallWish.RefundPart, SmallWish.Pay],
        },
        new()
        {
            Name = "answers that are lost, then two recoverers", First = [SmallWish.Pay], Then = [SmallWish.Recover, SmallWish.Recover],
            Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.AnswerIsLost, SimulatedFault.AnswerIsLost],
        },
        new()
        {
            Name = "lost answers, then the same key, another key and recovery", First = [SmallWish.Pay],
            Then = [SmallWish.PayAgain, SmallWish.PayWithAnotherKey, SmallWish.Recover],
            Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.AnswerIsLost, SimulatedFault.AnswerIsLost],
        },
        new()
        {
            Name = "requests that are lost, then recovery and the same key", First = [SmallWish.Pay], Then = [SmallWish.Recover, SmallWish.PayAgain],
            Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.RequestIsLost, SimulatedFault.RequestIsLost],
        },
        new()
        {
            Name = "a host that dies, then recovery, the same key and a void", First = [SmallWish.Pay],
            Then = [SmallWish.Recover, SmallWish.PayAgain, SmallWish.Void], Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.HostDies],
        },
        new()
        {
            Name = "a gateway that rejects duplicates while the original is under way", First = [SmallWish.Pay], Then = [SmallWish.PayAgain, SmallWish.Recover],
            Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.AnswerIsLost, SimulatedFault.AnswerIsLost, SimulatedFault.DecidedLater],
            Duplicates = DuplicateRule.RejectedAsDuplicate,
        },
        new()
        {
            Name = "a gateway without any guarantee", First = [SmallWish.Pay], Then = [SmallWish.PayAgain, SmallWish.Recover],
            Pause = ALittleLater, Webhooks = false, MayStrike = [SimulatedFault.AnswerIsLost, SimulatedFault.RequestIsLost], Duplicates = DuplicateRule.None,
        },
        new()
        {
            Name = "a challenge and a second tab", First = [SmallWish.Pay, SmallWish.PayWithAnotherKey], Then = [SmallWish.PayAgain, SmallWish.Recover],
            MayStrike = [SimulatedFault.Challenge], Webhooks = false,
        },
        new()
        {
            Name = "credit first, a decline, and a host dies", Webhooks = false, Credit = 400, First = [SmallWish.PayWithCredit], Then = [SmallWish.Recover, SmallWish.PayPart],
            Pause = ALittleLater, MayStrike = [SimulatedFault.Decline, SimulatedFault.HostDies],
        },
        new() { Name = "two invoices with the same credit", Webhooks = false, Credit = 400, Invoices = 2, First = [SmallWish.PayWithCredit, SmallWish.PayTheOtherWithCredit] },
        new()
        {
            Name = "two invoices with the same credit, and a store that fails", Webhooks = false, Credit = 1_200, Invoices = 2,
            First = [SmallWish.PayWithCredit, SmallWish.PayTheOtherWithCredit], MayStrike = [SimulatedFault.StoreFailsBefore, SimulatedFault.StoreFailsAfter],
        },
        new() { Name = "credit first with its webhook, and another part", Credit = 400, First = [SmallWish.PayWithCredit, SmallWish.PayPart] },
        new() { Name = "several invoices, and one of them", Webhooks = false, Invoices = 2, First = [SmallWish.PaySeveral, SmallWish.PayPart] },
        new() { Name = "several invoices, and one of them, and a host dies", Webhooks = false, Invoices = 2, First = [SmallWish.PaySeveral, SmallWish.PayPart], MayStrike = [SimulatedFault.HostDies] },
        new() { Name = "an instalment and its whole", Webhooks = false, First = [SmallWish.RequestInstalment], Then = [SmallWish.PayInstalment, SmallWish.PayPart] },
        new()
        {
            Name = "an instalment and its whole, and a host dies", Webhooks = false, First = [SmallWish.RequestInstalment], Then = [SmallWish.PayInstalment, SmallWish.PayPart],
            MayStrike = [SimulatedFault.HostDies],
        },
        new() { Name = "a payment that is disputed and refunded at once", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Dispute, SmallWish.Refund] },
        new() { Name = "a dispute that is lost while a part is refunded", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Dispute, SmallWish.LoseDispute, SmallWish.RefundPart] },
        new() { Name = "a dispute that is won while all is refunded", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Dispute, SmallWish.WinDispute, SmallWish.Refund] },
        new() { Name = "a debit that is returned while a part is refunded, and a host dies", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.ReturnDebit, SmallWish.RefundPart], MayStrike = [SimulatedFault.HostDies] },
        new() { Name = "a lost dispute told twice, and the rest paid again", Webhooks = false, First = [SmallWish.Pay], Then = [SmallWish.Dispute, SmallWish.LoseDispute, SmallWish.PayWithAnotherKey], MayStrike = [SimulatedFault.NewsTwice] },
        new()
        {
            Name = "news twice, late, and a refund", First = [SmallWish.Pay], Then = [SmallWish.Refund],
            MayStrike = [SimulatedFault.NewsTwice, SimulatedFault.NewsLate],
        },
        new() { Name = "a link that is paid while another key pays", First = [SmallWish.RequestLink], Then = [SmallWish.VisitLink, SmallWish.PayWithAnotherKey] },
        new()
        {
            Name = "a link that is paid while the invoice is voided, and a host dies", Webhooks = false, First = [SmallWish.RequestLink],
            Then = [SmallWish.VisitLink, SmallWish.Void, SmallWish.Recover], Pause = ALittleLater, MayStrike = [SimulatedFault.HostDies],
        },
        new()
        {
            Name = "a link whose answers are lost, then the same key, recovery and the payer", First = [SmallWish.RequestLink],
            Then = [SmallWish.VisitLink, SmallWish.RequestLinkAgain, SmallWish.Recover], Pause = ALittleLater, Webhooks = false,
            MayStrike = [SimulatedFault.AnswerIsLost, SimulatedFault.AnswerIsLost],
        },
        new()
        {
            Name = "a link that is asked for and paid, and a host dies", First = [SmallWish.RequestLink], Then = [SmallWish.VisitLink, SmallWish.RequestLinkAgain],
            MayStrike = [SimulatedFault.HostDies],
        },
        new()
        {
            Name = "a link that ends while another key pays and recovery calls it off", First = [SmallWish.RequestLink],
            Then = [SmallWish.Recover, SmallWish.VisitLink, SmallWish.PayWithAnotherKey], Pause = TimeSpan.FromHours(24), Webhooks = false,
        },
        new() { Name = "a link that is paid twice, and webhooks twice", First = [SmallWish.RequestLink], Then = [SmallWish.VisitLink], MayStrike = [SimulatedFault.MovesTwice, SimulatedFault.NewsTwice] },
        new()
        {
            Name = "a refund at the gateway, told or found in the statement, and one of ours", Webhooks = false, First = [SmallWish.Pay],
            Then = [SmallWish.RefundElsewhere, SmallWish.RefundPart], MayStrike = [SimulatedFault.NewsTwice, SimulatedFault.NewsLost],
        },
        new()
        {
            Name = "a refund at the gateway while a dispute is lost", Webhooks = false, First = [SmallWish.Pay],
            Then = [SmallWish.RefundElsewhere, SmallWish.Dispute, SmallWish.LoseDispute],
        },
    ];

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
