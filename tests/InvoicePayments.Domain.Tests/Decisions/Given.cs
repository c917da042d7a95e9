namespace InvoicePayments.Tests;

/// <summary>The people, invoices and news that the stories are made of.</summary>
internal static class Given
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    internal static readonly InvoiceId Inv = new("inv_1");
    internal static readonly AccountId Ada = new("acc_ada");
    internal static readonly AccountId Bob = new("acc_bob");
    internal static readonly GatewayName Acme = new("acme");
    internal static readonly OperationError NoAnswer = new("timeout", "No answer in time.");
    internal static readonly Decline NoFunds = new(DeclineKind.InsufficientFunds, RetryAdvice.Later, "51", "Not enough money.");

    internal static Money Eur(long minorUnits) => Money.FromMinorUnits(minorUnits, Currency.EUR);

    internal static IssueInvoice Issue(long total, string id = "inv_1") => new() { InvoiceId = new(id), Account = Ada, Total = Eur(total) };

    internal static PayInvoice Pay(long? amount = null, string key = "pay-1") => new()
    {
        InvoiceId = Inv, Key = key, Amount = amount is { } units ? Eur(units) : null, Gateway = Acme, Token = new("tok_1"),
    };

    internal static RecordOfflinePayment Cash(long? amount = null, string key = "cash-1") => new()
    {
        InvoiceId = Inv, Key = key, Amount = amount is { } units ? Eur(units) : null, Method = OfflineMethod.Cash,
    };

    internal static RefundPayment Refund(PaymentId payment, long? amount = null, string key = "refund-1", bool? reopen = null) => new()
    {
        PaymentId = payment, Key = key, Amount = amount is { } units ? Eur(units) : null, ReopenInvoice = reopen,
    };

    internal static StoredPaymentMethod Card(string id = "pm_1", AccountId? owner = null) => new()
    {
        Tenant = TenantId.Default, Id = new(id), Account = owner ?? Ada, Gateway = Acme, Token = new("tok_" + id),
    };

    internal static GatewayOutcome.Succeeded Success(long moved, string id = "ch_1") => new(new(id), Eur(moved));

    internal static GatewayOutcome.Succeeded Partly(long moved, string id = "ch_1") => new(new(id), Eur(moved), PartiallyApproved: true);

    internal static GatewayOutcome.ActionRequired Challenge(string page = "1", DateTimeOffset? until = null) =>
        new(new("ch_" + page), new PendingAction.Redirect(new Uri("https://bank.example/" + page)), until);

    internal static GatewayOutcome.Authorized Blocked(long amount, string id = "au_1", bool partial = false, FraudStatus fraud = FraudStatus.NotChecked, DateTimeOffset? until = null) =>
        new(new(id), Eur(amount), until, partial, fraud);

    internal static CapturePayment Capture(PaymentId payment, long? amount = null, string key = "capture-1", bool? last = null) => new()
    {
        PaymentId = payment, Key = key, Amount = amount is { } units ? Eur(units) : null, IsLast = last,
    };

    internal static VoidPayment VoidOf(PaymentId payment, string key = "void-1") => new() { PaymentId = payment, Key = key };

    /// <summary>A gateway that can do everything and guarantees nothing.</summary>
    internal static GatewayTerms Everything(bool severalTimes = true, TimeSpan? voidWindow = null)
    {
        var terms = Terms(null, OperationKind.Charge, OperationKind.Refund, OperationKind.Authorize, OperationKind.Capture, OperationKind.Void);
        return terms with { Profile = terms.Profile with { CapturesSeveralTimes = severalTimes, VoidWindow = voidWindow ?? TimeSpan.FromHours(12) } };
    }

    internal static GatewayTerms Terms(Guarantee? guarantee = null, params OperationKind[] kinds) =>
        new(new() { Operations = kinds.ToDictionary(k => k, _ => guarantee ?? Guarantee.None) }, Patience);
}
