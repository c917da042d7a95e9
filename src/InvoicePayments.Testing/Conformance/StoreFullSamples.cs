namespace InvoicePayments;

/// <summary>A change set in which every field says something, so that a column that was forgotten shows.</summary>
internal static class StoreFullSamples
{
    private static readonly DateTimeOffset At = StoreSamples.Noon.AddMilliseconds(123);

    public static ChangeSet Of(StoreSamples rows)
    {
        var operation = Operation(rows);
        return new()
        {
            Tenant = rows.Tenant,
            Invoices = [Invoice(rows)],
            Operations = [new(operation, Command(operation))],
            Payments = [Payment(operation)],
            Facts = [rows.Fact(1)],
        };
    }

    private static Invoice Invoice(StoreSamples rows) => rows.Invoice() with
    {
        Sums = new(6_000, 4_000, 500, 400, 600, 300),
        Details = new()
        {
            Type = InvoiceType.Payout, CollectedBy = InvoiceCollector.PlayStore, Number = "R-2026/001", Description = "Ünïcode ✓ 漢字 🧾", StatementDescriptor = "SHOP", DefaultPaymentMethod = new("pm_9"),
            Billing = InvoiceBilling.PayAutomatically, BillingReason = "cycle", Subscription = "sub_1", PeriodStart = At, PeriodEnd = At.AddDays(30),
            DaysUntilDue = 14, Subtotal = StoreSamples.Euro(9_000), Discount = StoreSamples.Euro(100), Tax = StoreSamples.Euro(1_100),
            TaxPercent = 12.36m, Lines = [new("Line one", StoreSamples.Euro(4_500), 2.5m), new("Line two", StoreSamples.Euro(4_500))],
            Metadata = new Dictionary<string, string> { ["z"] = "last", ["a"] = "first" },
        },
        DueAt = At.AddDays(14), PaidAt = At.AddDays(1), AttemptCount = 3, LastAttemptFailed = true,
        LastPayment = new(StoreSamples.NewOperationId(), StoreSamples.Euro(4_000), "method pm_9", At),
        Dunning = new(DunningState.InProgress, 2, 1, At, At.AddDays(2), IsRefused: true),
        OpenFlags = InvoiceFlags.Unknown | InvoiceFlags.ActionRequired, Content = StoreSamples.Print('d'), FactCount = 1, Version = 2,
    };

    private static PaymentOperation Operation(StoreSamples rows) => rows.Operation() with
    {
        Kind = OperationKind.Refund, Status = OperationStatus.ActionRequired, Moved = StoreSamples.Euro(3_999), GatewayPaymentId = new("ch_1"),
        Funding = new([new(new("rec_1"), StoreSamples.Euro(3_000)), new(new("rec_2"), StoreSamples.Euro(1_000))]),
        Initiator = PaymentInitiator.Merchant, Comment = "for us", Reason = "for them", ReopensInvoice = true,
        Action = new PendingAction.ClientSecret(new("secret_1")), ActionDeadline = At.AddMinutes(15),
        Decline = new(DeclineKind.CardExpired, RetryAdvice.OtherMethod, "raw", "Message."), Error = new("timeout", "No answer."),
        Hold = new(PaymentAllocation.To(new("inv_1"), StoreSamples.Euro(1)), StoreSamples.Euro(2), At.AddDays(7), FraudStatus.Suspicious), ReleasesRest = true,
        SettledBy = "grace", EvidenceOf = StoreSamples.NewOperationId(), FirstSentAt = At, LastSentAt = At.AddSeconds(5), Sends = 2, Checks = 3,
        BusyUntil = At.AddSeconds(30), NextCheckAt = At.AddYears(50), AnsweredAt = At.AddMinutes(1),
    };

    private static GatewayCommand.Charge Command(PaymentOperation operation) => ((GatewayCommand.Charge)StoreSamples.CommandOf(operation)) with
    {
        Funding = operation.Funding, SingleUse = true, Initiator = PaymentInitiator.Merchant, Description = "What for", StatementDescriptor = "SHOP", ReturnUrl = new("https://shop.example/back"),
    };

    private static Payment Payment(PaymentOperation operation) => StoreSamples.PaymentOf(operation) with
    {
        Shares = [new(operation.Allocation.Parts[0].Invoice, 3_999, 10, 20, new("pr_1"), 30, 40, 35)], Funding = [new(new("rec_1"), 3_000, 7, 15), new(new("rec_2"), 999, 3, 5)], GatewayPaymentId = new("ch_1"), PaymentMethod = new("pm_9"),
        Authorization = new("pay_before"), OfflineMethod = OfflineMethod.Wire, Reference = "Cheque 12", Description = "What for",
        Metadata = new Dictionary<string, string> { ["k"] = "v" },
        Disputes = [new(StoreSamples.NewOperationId(), 30, 40, true)],
        Discrepancies = [new(operation.Id, new("ch_2"), StoreSamples.Euro(1))], SucceededAt = At,
    };
}
