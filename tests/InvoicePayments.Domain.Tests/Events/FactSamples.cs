namespace InvoicePayments.Tests;

/// <summary>One fact of every type, with every field filled.</summary>
internal static class FactSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly Fingerprint Print = new(new string('a', 64));

    internal static IReadOnlyList<InvoiceEvent> All { get; } =
    [
        .. ((InvoiceEvent[])
        [
            new InvoiceEvent.Drafted(new("acc_1"), Eur(10_000)),
            new InvoiceEvent.Issued(new("acc_1"), Eur(10_000), At.AddDays(14), PayableKind.PaymentRequest, new("inv_whole")),
            new InvoiceEvent.Paid(),
            new InvoiceEvent.Voided("Typo"),
            new InvoiceEvent.MarkedUncollectible("Bankrupt"),
            About(new InvoiceEvent.Started(Eur(10_000))),
            About(new InvoiceEvent.AskedAgain(2)),
            About(new InvoiceEvent.ActionRequired(new("https://bank.example/3ds?id=1"), At.AddMinutes(15))),
            About(new InvoiceEvent.Authorized(Eur(10_000), new("au_1"), At.AddDays(7))),
            About(new InvoiceEvent.Progressed(OperationStatus.Unknown, new("timeout", "No answer in time."))),
            About(new InvoiceEvent.Succeeded(Eur(9_000), Eur(10_000), new("ch_1"), OfflineMethod.Wire, DueAgain: true)),
            About(new InvoiceEvent.Ended(
                OperationStatus.Declined, Eur(10_000), new(DeclineKind.CardExpired, RetryAdvice.OtherMethod, "54", "Expired."), new("code", "Why."))),
            About(new InvoiceEvent.LateAnswer(new("op0"), Eur(1), new("ch_2"), DueAgain: true, Released: Eur(1))),
            About(new InvoiceEvent.DiscrepancySeen(Eur(2), Eur(3), new("ch_3"))),
            About(new InvoiceEvent.SettledByHand(true, "grace", "Seen in the dashboard.")),
            new InvoiceEvent.DunningScheduled(2, At.AddDays(3)),
            new InvoiceEvent.DunningExhausted(5),
            new InvoiceEvent.DunningStopped("They will pay by wire"),
            new InvoiceEvent.DunningResumed(At.AddDays(1)),
            About(new InvoiceEvent.DisputeOpened(Eur(4), new("dp_1"), "fraudulent", At.AddDays(7))),
            About(new InvoiceEvent.DisputeWon(Eur(4), new("dp_1"))),
            About(new InvoiceEvent.DisputeLost(Eur(5), Eur(4), new("dp_1"))),
            About(new InvoiceEvent.DebitReturned(Eur(6), new("MD06", "Returned."))),
            About(new InvoiceEvent.Reopened(Eur(-7))),
        ]).Select((fact, i) => fact with { Tenant = new("t1"), Invoice = new("inv_1"), Sequence = i + 1, At = At, Previous = Print }),
    ];

    /// <summary>The same of an account's credit.</summary>
    internal static IReadOnlyList<CreditEvent> OfCredit { get; } =
    [
        .. ((CreditEvent[])[new CreditEvent.Added(Eur(100)), new CreditEvent.Held(Eur(60)), new CreditEvent.Spent(Eur(50), Eur(60), Eur(2)), new CreditEvent.Freed(Eur(10))])
            .Select((fact, i) => fact with
            {
                Tenant = new("t1"), Account = new("acc_1"), Currency = Currency.EUR, Sequence = i + 1, At = At, Previous = Print,
                Operation = new("op1"), Kind = OperationKind.Credit, Payment = new("pay_op1"), Invoice = new("inv_1"),
            }),
    ];

    private static Money Eur(long units) => Money.FromMinorUnits(units, Currency.EUR);

    private static T About<T>(T fact)
        where T : InvoiceEvent.OperationEvent =>
        fact with { Operation = new("op1"), Payment = new("pay_op1"), Kind = OperationKind.Charge, Gateway = new("stripe"), Created = Created };

    private static PaymentSummary Created => new()
    {
        Id = new("pay_op1"), Operation = new("op1"), Account = new("acc_1"), Amount = Eur(10_000), Moved = Eur(9_000), Mode = PaymentMode.Online,
        Status = OperationStatus.ActionRequired, Gateway = new("stripe"), GatewayPaymentId = new("ch_1"), PaymentMethod = new("pm_1"),
        OfflineMethod = OfflineMethod.Check, Reference = "Order 7", Description = "Shoes ✓", RedirectUrl = new("https://bank.example/3ds?id=1"),
        ActionDeadline = At.AddMinutes(15), ErrorCode = "54", ErrorMessage = "Expired.", CreatedAt = At, SucceededAt = At.AddSeconds(1),
    };
}
