namespace InvoicePayments;

/// <summary>Rows that fit together, for one tenant that nobody else uses.</summary>
internal sealed class StoreSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly GatewayName Gateway = new("kit");

    public TenantId Tenant { get; init; } = new("kit-" + Guid.NewGuid().ToString("N"));

    public AccountId Account { get; init; } = new("acc_1");

    public static OperationId NewOperationId() => new(Guid.NewGuid().ToString("N")[..26]);

    public static Fingerprint Print(char digit = 'a') => new(new string(digit, 64));

    public static Money Euro(long cents) => Money.FromMinorUnits(cents, Currency.EUR);

    public Invoice Invoice(string id = "inv_1", long total = 10_000) => new()
    {
        Tenant = Tenant,
        Id = new(id),
        Account = Account,
        Total = Euro(total),
        Document = InvoiceDocument.Open,
        CreatedAt = Noon,
        Version = 1,
    };

    public PaymentOperation Operation(OperationId? id = null, string invoice = "inv_1", long amount = 4_000, int minute = 0) => new()
    {
        Tenant = Tenant,
        Id = id ?? NewOperationId(),
        Kind = OperationKind.Charge,
        Payment = new("pay_" + minute),
        Account = Account,
        Amount = Euro(amount),
        Allocation = PaymentAllocation.To(new(invoice), Euro(amount)),
        Status = OperationStatus.Pending,
        Fingerprint = Print(),
        CreatedAt = Noon.AddMinutes(minute),
        Gateway = Gateway,
        Version = 1,
    };

    /// <summary>An authorization that is open, and a capture that has taken a part of it over.</summary>
    public (PaymentOperation Authorization, PaymentOperation Capture) Authorized()
    {
        var authorization = Operation() with
        {
            Kind = OperationKind.Authorize, Status = OperationStatus.Authorized, GatewayPaymentId = new("au_1"),
            Hold = new(PaymentAllocation.To(new("inv_1"), Euro(3_000)), Euro(4_000), Noon.AddDays(7), FraudStatus.Safe),
        };
        var capture = Operation(amount: 1_000, minute: 1) with { Kind = OperationKind.Capture, Authorization = authorization.Id, ReleasesRest = true };
        return (authorization, capture);
    }

    public static Payment PaymentOf(PaymentOperation operation) => new()
    {
        Tenant = operation.Tenant,
        Id = operation.Payment,
        Account = operation.Account,
        Amount = operation.Amount,
        Mode = PaymentMode.Online,
        Status = operation.Status,
        Shares = [.. operation.Allocation.Parts.Select(part => new PaymentShare(part.Invoice, 0, 0, 0))],
        Gateway = operation.Gateway,
        CreatedAt = operation.CreatedAt,
        Version = 1,
    };

    public static GatewayCommand CommandOf(PaymentOperation operation) => new GatewayCommand.Charge
    {
        Tenant = operation.Tenant,
        Gateway = Gateway,
        Reference = operation.Reference,
        Amount = operation.Amount,
        Token = new("tok_kit"),
        Account = operation.Account,
        Metadata = new Dictionary<string, string> { ["order"] = "7", ["a"] = "Ünï ✓" },
    };

    public InvoiceEvent Fact(long sequence, string invoice = "inv_1") => new InvoiceEvent.Issued(Account, Euro(10_000), null)
    {
        Tenant = Tenant,
        Invoice = new(invoice),
        Sequence = sequence,
        At = Noon.AddMinutes(sequence),
    };

    public AccountCredit Credit(long added = 5_000) => new()
    {
        Tenant = Tenant, Account = Account, Currency = Currency.EUR, Added = added, Version = 1,
    };

    public CreditEvent CreditFact(long sequence) => new CreditEvent.Spent(Euro(sequence), Euro(1), Euro(2))
    {
        Tenant = Tenant, Account = Account, Currency = Currency.EUR, Sequence = sequence, At = Noon.AddMinutes(sequence),
        Operation = new("op" + sequence), Kind = OperationKind.Credit, Payment = new("pay_1"), Invoice = new("inv_1"),
    };

    public ParkedOutcome Parked(OperationId operation, char evidence = 'b') => new(
        Tenant, operation, Gateway, Print(evidence), new GatewayOutcome.Succeeded(new("ch_parked"), Euro(4_000)), Noon);

    public ParkedOutcome ParkedNotice(OperationId shelf, char evidence = 'c') => new(Tenant, shelf, Gateway, Print(evidence), null, Noon)
    {
        Notice = new GatewayNotice.DisputeOpened(new("dp_1"), Euro(4_000), "fraudulent", Noon.AddDays(7)), GatewayPaymentId = new("ch_1"),
    };

    public StoredPaymentMethod Method(string id, bool isDefault = false, string? account = null) => new()
    {
        Tenant = Tenant,
        Id = new(id),
        Account = account is null ? Account : new(account),
        Gateway = Gateway,
        Token = new("tok_" + id),
        Label = "Visa ending in 42",
        IsTokenizable = false,
        IsDefault = isDefault,
    };

    public ChangeSet Changes(params IReadOnlyList<Invoice> invoices) => new() { Tenant = Tenant, Invoices = invoices };

    /// <summary>What a payment's first commit looks like: the invoice reserves, the operation and its payment are new.</summary>
    public ChangeSet Reserve(Invoice invoice, PaymentOperation operation) => new()
    {
        Tenant = Tenant,
        Invoices =
        [
            invoice with
            {
                Version = invoice.Version + 1,
                FactCount = invoice.FactCount + 1,
                Sums = invoice.Sums with { Reserved = invoice.Sums.Reserved + operation.Amount.MinorUnits },
            },
        ],
        Operations = [new(operation, CommandOf(operation))],
        Payments = [PaymentOf(operation)],
        Facts = [Fact(invoice.FactCount + 1, invoice.Id.Value)],
    };

    public LoadRequest Load(params IReadOnlyList<string> invoices) => new() { Tenant = Tenant, Invoices = [.. invoices.Select(id => new InvoiceId(id))] };

    public LoadRequest LoadOperation(OperationId operation) => new() { Tenant = Tenant, Operations = [operation] };
}
