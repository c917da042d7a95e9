namespace InvoicePayments.Tests;

public sealed class SqliteRoundTripTests
{
    [Fact]
    public async Task EverythingOfAnInvoice_ComesBack()
    {
        await using var temp = new TempStore();
        var invoice = Given.Invoice(sums: new(Received: 5_000, Reserved: 100, Refunded: 40, Reopened: 30, Unreserved: 20)) with
        {
            DueAt = Given.Now.AddTicks(7), PaidAt = Given.Now.AddDays(1), AttemptCount = 3, LastAttemptFailed = true,
            OpenFlags = InvoiceFlags.Processing | InvoiceFlags.Unknown, Content = Given.Print, FactCount = 9,
            Details = new()
            {
                Number = "2026-7", Description = "ünï 💶", StatementDescriptor = "SHOP", DefaultPaymentMethod = new("pm_1"), Billing = InvoiceBilling.PayAutomatically,
                BillingReason = "cycle", Subscription = "sub_1", PeriodStart = Given.Now, PeriodEnd = Given.Now.AddDays(30), DaysUntilDue = 14,
                Subtotal = Given.Eur(9_000), Discount = Given.Eur(1), Tax = Given.Eur(1_001), TaxPercent = 19.50m,
                Lines = [new("Tea", Given.Eur(9_000), 1.50m)], Metadata = new Dictionary<string, string> { ["a"] = "b" },
            },
        };
        await temp.Open().CommitAsync(Given.Changes(invoice), Given.Token);

        var loaded = (await temp.Open().LoadAsync(Given.Load("inv_1"), Given.Token)).Invoices.Single();

        Given.Same(invoice, loaded, StoreJson.Default.Invoice);
        Assert.Equal(invoice.Sums, loaded.Sums);
        Assert.Equal(invoice.DueAt, loaded.DueAt);
        Assert.Equal(invoice.DueAt!.Value.UtcTicks, temp.Run("SELECT due_at FROM invoice"));
        Assert.Equal("5000 100 40 30 20 9 pm_1 acc_1 EUR 10000 Open", temp.Run("""
            SELECT concat_ws(' ', received, reserved, refunded, reopened, unreserved, fact_count, default_method, account_id, currency, total, document) FROM invoice
            """));
    }

    [Fact]
    public async Task EverythingOfAnOperationAndItsPayment_ComesBack()
    {
        await using var temp = new TempStore();
        var operation = Given.Operation("op1", OperationStatus.ActionRequired, 1, "inv_1", "inv_2") with
        {
            Moved = Given.Eur(99), Gateway = new("stripe"), GatewayPaymentId = new("pi_1"), Initiator = PaymentInitiator.Merchant, Comment = "c", Reason = "r",
            ReopensInvoice = true, Action = new PendingAction.ClientSecret(new("cs_secret")), ActionDeadline = Given.Now.AddTicks(1),
            Decline = new(DeclineKind.CardExpired, RetryAdvice.OtherMethod, "54", "expired"), Error = new("timeout", "No answer."), EvidenceOf = new("op0"),
            FirstSentAt = Given.Now, LastSentAt = Given.Now.AddTicks(2), Sends = 2, Checks = 3, BusyUntil = Given.Now.AddTicks(3),
            NextCheckAt = Given.Now.AddTicks(4), AnsweredAt = Given.Now.AddTicks(5),
        };
        var payment = Given.Payment("payop1", 1, "inv_1", "inv_2") with
        {
            Gateway = new("stripe"), GatewayPaymentId = new("pi_1"), PaymentMethod = new("pm_1"), OfflineMethod = OfflineMethod.Wire, Reference = "ref",
            Description = "d", Metadata = new Dictionary<string, string> { ["x"] = "y" }, SucceededAt = Given.Now.AddTicks(9),
            Discrepancies = [new(new("op1"), new("pi_2"), Money.FromMinorUnits(5, Currency.JPY))],
        };
        var store = temp.Open();
        await store.CommitAsync(new() { Tenant = Given.Tenant, Operations = [new(operation, Given.Charge("op1"))], Payments = [payment] }, Given.Token);

        var state = await store.LoadAsync(Given.LoadOperations("op1"), Given.Token);

        Given.Same(operation, state.Operations.Single(), StoreJson.Default.PaymentOperation);
        Given.Same(payment, state.Payments.Single(), StoreJson.Default.Payment);
        Given.Same(Given.Charge("op1"), state.CommandOf(operation)!, StoreJson.Default.GatewayCommand);
        Assert.Equal("tok_secret_1", ((GatewayCommand.Charge)state.Commands.Single()).Token.Reveal());
    }

    [Fact]
    public async Task ARefundCommandAndARedirect_ComeBack_AndTheCommandIsErasedWhenFinal()
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        var operation = Given.Operation("op1") with { Action = new PendingAction.Redirect(new("https://bank.example/3ds")) };
        GatewayCommand refund = new GatewayCommand.Refund { Tenant = Given.Tenant, Gateway = new("g"), Reference = new("op1"), Amount = Given.Eur(1), Of = new("pi"), Reason = "r" };
        await store.CommitAsync(new() { Tenant = Given.Tenant, Operations = [new(operation, refund)] }, Given.Token);
        var state = await store.LoadAsync(Given.LoadOperations("op1"), Given.Token);
        Given.Same(refund, state.Commands.Single(), StoreJson.Default.GatewayCommand);
        Assert.Equal(operation.Action, state.Operations.Single().Action);

        await store.CommitAsync(Given.Changes(operation with { Version = 2, Status = OperationStatus.Failed }), Given.Token);

        Assert.Empty((await store.LoadAsync(Given.LoadOperations("op1"), Given.Token)).Commands);
        Assert.IsType<DBNull>(temp.Run("SELECT command FROM operation"));
    }

    public static TheoryData<InvoiceEvent> Facts =>
    [
        new InvoiceEvent.Drafted(new("a"), Given.Eur(1)), new InvoiceEvent.Issued(new("a"), Given.Eur(1), Given.Now), new InvoiceEvent.Paid(),
        new InvoiceEvent.Voided("why"), new InvoiceEvent.MarkedUncollectible(null),
        new InvoiceEvent.Started(Given.Eur(1)) { Gateway = new("g"), Previous = Given.Print, Operation = new("o"), Payment = new("p"), Kind = OperationKind.Refund },
        new InvoiceEvent.AskedAgain(2) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.ActionRequired(new Uri("https://a.example"), Given.Now) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.Progressed(OperationStatus.Unknown, new("c", "m")) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.Succeeded(Given.Eur(1), Given.Eur(2), new("x"), OfflineMethod.Cash, true) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.Ended(OperationStatus.Declined, Given.Eur(1), new(DeclineKind.Other, RetryAdvice.Never, "1", "m"), null) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.LateAnswer(new("e"), Given.Eur(1), new("x"), true) { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.SettledByHand(true, "grace", "Seen.") { Operation = new("o"), Payment = new("p") },
        new InvoiceEvent.DiscrepancySeen(Given.Eur(1), Given.Eur(2), new("x")) { Operation = new("o"), Payment = new("p") },
    ];

    [Theory]
    [MemberData(nameof(Facts))]
    public async Task EveryFact_ComesBack(InvoiceEvent fact)
    {
        await using var temp = new TempStore();
        var store = temp.Open();
        fact = fact with { Tenant = Given.Tenant, Invoice = new("inv_1"), Sequence = 1, At = Given.Now };
        await store.CommitAsync(new() { Tenant = Given.Tenant, Facts = [fact] }, Given.Token);

        var loaded = (await store.ListFactsAsync(Given.Tenant, new("inv_1"), null, 10, Given.Token)).Items.Single();

        Assert.Equal(fact, loaded);
        Assert.NotEqual(DBNull.Value, temp.Run("SELECT json_extract(body, '$.type') FROM fact"));
    }

    [Fact]
    public async Task EveryParkedOutcome_ComesBack_AlsoForAnUnknownOperation()
    {
        GatewayOutcome[] outcomes =
        [
            new GatewayOutcome.Succeeded(new("x"), Given.Eur(1), true), new GatewayOutcome.Authorized(new("x"), Given.Eur(1)),
            new GatewayOutcome.ActionRequired(new("x"), new PendingAction.ClientSecret(new("cs_1")), Given.Now),
            new GatewayOutcome.Processing(new("x"), TimeSpan.FromTicks(5)), new GatewayOutcome.Declined(new(DeclineKind.Other, RetryAdvice.Later, "1", "m")),
            new GatewayOutcome.Refused(new("c", "m")), new GatewayOutcome.NotSent(new("c", "m")), new GatewayOutcome.Canceled(), new GatewayOutcome.Expired(new("x")),
            new GatewayOutcome.Unknown(new("c", "m")),
        ];
        await using var temp = new TempStore();
        var store = temp.Open();
        var parked = outcomes.Select((o, i) => Given.Parked("nobody", o, "0123456789"[i], minutes: i)).ToList();
        await store.CommitAsync(new() { Tenant = Given.Tenant, Parked = parked }, Given.Token);
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(new() { Tenant = Given.Tenant, Parked = parked }, Given.Token));

        Assert.Equal(parked, (await store.LoadAsync(Given.LoadOperations("nobody"), Given.Token)).Parked);
        Assert.Equal(parked.Take(3), await store.ListParkedAsync(Given.Tenant, 3, Given.Token));
    }
}
