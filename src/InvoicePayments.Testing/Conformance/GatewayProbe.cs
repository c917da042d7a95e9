namespace InvoicePayments;

/// <summary>A gateway under examination, with short names for what every check does.</summary>
internal sealed record GatewayProbe(GatewayConformanceSubject Subject, CancellationToken Token)
{
    private static readonly TenantId Tenant = new("kit");

    public GatewayProfile Profile => Subject.Gateway.Profile;

    public GatewayCommand Charge(PaymentToken? token = null) => new GatewayCommand.Charge
    {
        Tenant = Tenant,
        Gateway = Subject.Name,
        Reference = NewReference(),
        Amount = Subject.Amount,
        Token = token ?? Subject.Succeeds,
        Account = new("acc_kit"),
    };

    public GatewayCommand Refund(GatewayPaymentId of, long minorUnits) => new GatewayCommand.Refund
    {
        Tenant = Tenant,
        Gateway = Subject.Name,
        Reference = NewReference(),
        Amount = Money.FromMinorUnits(minorUnits, Subject.Amount.Currency),
        Of = of,
    };

    public GatewayCommand Authorize() => new GatewayCommand.Authorize
    {
        Tenant = Tenant, Gateway = Subject.Name, Reference = NewReference(), Amount = Subject.Amount, Token = Subject.Succeeds, Account = new("acc_kit"),
    };

    public GatewayCommand Link() => new GatewayCommand.RequestLink
    {
        Tenant = Tenant, Gateway = Subject.Name, Reference = NewReference(), Amount = Subject.Amount, Account = new("acc_kit"),
        Until = Subject.TimeProvider.GetUtcNow().AddHours(1), ReturnUrl = new("https://shop.example/back"),
    };

    public GatewayCommand Capture(GatewayPaymentId of, long minorUnits, bool last = false) => new GatewayCommand.Capture
    {
        Tenant = Tenant, Gateway = Subject.Name, Reference = NewReference(), Amount = Money.FromMinorUnits(minorUnits, Subject.Amount.Currency),
        Of = of, ReleaseRest = last,
    };

    public GatewayCommand Void(GatewayPaymentId of, Money amount, bool ofAuthorization) => new GatewayCommand.Void
    {
        Tenant = Tenant, Gateway = Subject.Name, Reference = NewReference(), Amount = amount, Of = of, OfAuthorization = ofAuthorization,
    };

    /// <summary>Authorizes and expects it to succeed.</summary>
    public async Task<(GatewayCommand Command, GatewayOutcome.Authorized Outcome)> MustAuthorizeAsync()
    {
        var command = Authorize();
        var outcome = await AskAsync(command).ConfigureAwait(false);
        return (command, outcome as GatewayOutcome.Authorized ?? throw new ConformanceException($"the authorization was answered {outcome.GetType().Name}."));
    }

    public Task<GatewayOutcome> AskAsync(GatewayCommand command) => Subject.Gateway.ExecuteAsync(command, Token);

    public Task<GatewayResolution> ResolveAsync(GatewayCommand command, GatewayPaymentId? id = null)
    {
        var now = Subject.TimeProvider.GetUtcNow();
        return Subject.Gateway.ResolveAsync(new(command.Reference, command, now, now, id), Token);
    }

    /// <summary>Charges and expects it to succeed.</summary>
    public async Task<(GatewayCommand Command, GatewayOutcome.Succeeded Outcome)> MustChargeAsync()
    {
        var command = Charge();
        var outcome = await AskAsync(command).ConfigureAwait(false);
        return (command, outcome as GatewayOutcome.Succeeded ?? throw new ConformanceException($"the charge was answered {outcome.GetType().Name}."));
    }

    public async Task MovedAsync(GatewayCommand command, long expected) =>
        Expect.Equal(expected, await Subject.Moved(command.Reference, Token).ConfigureAwait(false), "what moved, in minor units,");

    /// <summary>Whether a resend right after the first is covered.</summary>
    public bool Claims(OperationKind kind) => Profile.For(kind) is { Duplicates: not DuplicateRule.None } rule && rule.Window > TimeSpan.Zero;

    public static GatewayReference NewReference() => new(Guid.NewGuid().ToString("N")[..26]);
}
