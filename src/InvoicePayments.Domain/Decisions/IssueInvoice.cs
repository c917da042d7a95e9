namespace InvoicePayments;

/// <summary>
/// Make an invoice known and payable, or as a draft known alone. Repeating exactly the same is harmless; the same id with other content is
/// refused once it has been issued. A draft may be written anew until then.
/// </summary>
public sealed record IssueInvoice : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>Its id, unique within the tenant.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>An invoice (the default), an order or a credit grant. A payment request is made by <see cref="RequestPayment"/>.</summary>
    public PayableKind Kind { get; init; }

    /// <summary>The account that owes it.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it asks for: zero to <see cref="Invoice.MaxTotal"/> minor units.</summary>
    public required Money Total { get; init; }

    /// <summary>When it is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What it says beside its amount.</summary>
    public InvoiceDetails Details { get; init; } = InvoiceDetails.None;

    /// <summary>Keep it as a draft, which cannot be paid; the same command without this issues it. Default false.</summary>
    public bool AsDraft { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        var known = state.Find(InvoiceId);
        var document = AsDraft ? InvoiceDocument.Draft : InvoiceDocument.Open;
        if (Kind is not (PayableKind.Invoice or PayableKind.Order or PayableKind.CreditGrant)) throw new InvalidOperationException($"{Kind} is not issued.");
        if (Total.IsNegative || Total.MinorUnits > Invoice.MaxTotal) return InvoiceRules.Refuse(Rejection.InvoiceTotalInvalid);
        if (InvoiceRules.TextProblem(Details, context.Policy) is { } problem) return InvoiceRules.Refuse(Rejection.TextInvalid, problem);
        if (!InvoiceRules.IsAllIn(Total.Currency, Details)) return InvoiceRules.Refuse(Rejection.CurrencyMismatch, "A printed amount is in another currency than the total.");
        if (known is not null && known.Content == Meaning() && (AsDraft || known.Document != InvoiceDocument.Draft)) return InvoiceRules.Already(known);
        if (known is not null && (known.Document != InvoiceDocument.Draft || known.Kind != Kind)) return InvoiceRules.Refuse(Rejection.InvoiceAlreadyExists);

        var change = new StateChange(state, context);
        var isPaid = !AsDraft && Total.IsZero;
        change.Add(new()
        {
            Tenant = Tenant, Id = InvoiceId, Kind = Kind, Account = Account, Total = Total, Document = document, Details = Details,
            DueAt = DueAt?.ToUniversalTime(), CreatedAt = known?.CreatedAt ?? context.Now, Content = Meaning(), PaidAt = isPaid ? context.Now : null,
            FactCount = known?.FactCount ?? 0, FactHash = known?.FactHash, Version = known?.Version ?? 0,
        });
        change.Tell(InvoiceId, AsDraft ? new InvoiceEvent.Drafted(Account, Total) : new InvoiceEvent.Issued(Account, Total, DueAt?.ToUniversalTime(), Kind));
        if (isPaid) change.Tell(InvoiceId, new InvoiceEvent.Paid());
        return InvoiceRules.Done(change, Tenant);
    }

    private Fingerprint Meaning()
    {
        var writer = CanonicalWriter.Begin()
            .Add("command", "issue").Add("account", Account.Value).Add("total", Total)
            .Add("due", DueAt is { } due ? due.UtcTicks : -1);
        if (Kind != PayableKind.Invoice) writer.Add("kind", (long)Kind);
        return InvoiceRules.Write(writer, Details).ToFingerprint();
    }
}
