namespace InvoicePayments;

/// <summary>Make an invoice known and payable. Repeating exactly the same is harmless; the same id with other content is refused.</summary>
public sealed record IssueInvoice : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>Its id, unique within the tenant.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>The account that owes it.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it asks for: zero to <see cref="Invoice.MaxTotal"/> minor units.</summary>
    public required Money Total { get; init; }

    /// <summary>When it is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it says beside its amount.</summary>
    public InvoiceDetails Details { get; init; } = InvoiceDetails.None;

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (Total.IsNegative || Total.MinorUnits > Invoice.MaxTotal) return Refuse(Rejection.InvoiceTotalInvalid);
        if (TextProblem(context.Policy) is { } problem) return Refuse(Rejection.TextInvalid, problem);
        if (state.Find(InvoiceId) is { } known)
        {
            return known.Content == Meaning()
                ? new Decision<InvoiceResult>.Answer(null, new InvoiceResult.Done(known, IsReplay: true))
                : Refuse(Rejection.InvoiceAlreadyExists);
        }

        var change = new StateChange(state, context);
        change.Add(new()
        {
            Tenant = Tenant, Id = InvoiceId, Account = Account, Total = Total, Document = InvoiceDocument.Open, Details = Details,
            DueAt = DueAt, CreatedAt = context.Now, Content = Meaning(), PaidAt = Total.IsZero ? context.Now : null,
        });
        change.Tell(InvoiceId, new InvoiceEvent.Issued(Account, Total, DueAt));
        if (Total.IsZero) change.Tell(InvoiceId, new InvoiceEvent.Paid());
        var changes = change.ToChangeSet(Tenant);
        return new Decision<InvoiceResult>.Answer(changes, new InvoiceResult.Done(changes.Invoices[0], IsReplay: false));
    }

    private static Decision<InvoiceResult>.Answer Refuse(Rejection why, string? detail = null) =>
        new(null, new InvoiceResult.Rejected(why, detail ?? $"{why.Message} {why.WhatToDo}"));

    private string? TextProblem(PaymentPolicy policy) =>
        CommandRules.TextProblem(
            policy,
            (Details.Description, "description", TextLimits.Description),
            (Details.StatementDescriptor, "statement descriptor", TextLimits.StatementDescriptor)) ?? CommandRules.MetadataProblem(policy, Details.Metadata);

    private Fingerprint Meaning() => new CanonicalWriter()
        .Add("command", "issue").Add("account", Account.Value).Add("total", Total)
        .Add("due", DueAt is { } due ? due.UtcTicks : -1).Add("number", Details.Number).Add("description", Details.Description)
        .Add("method", Details.DefaultPaymentMethod?.Value).ToFingerprint();
}
