namespace InvoicePayments;

/// <summary>
/// Ask for an instalment of an invoice or order: part of what is due, with a due time of its own (Billingrails: payment request). What is
/// paid through it settles both. Repeating exactly the same is harmless.
/// </summary>
public sealed record RequestPayment : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>Its id, unique within the tenant among all documents.</summary>
    public required InvoiceId PaymentRequestId { get; init; }

    /// <summary>The invoice or order of which it is an instalment.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>How much it asks for, at most what is due.</summary>
    public required Money Amount { get; init; }

    /// <summary>When the instalment is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>A description the payer may see; the invoice's when left out.</summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [PaymentRequestId, InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (CommandRules.TextProblem(context.Policy, (Description, "description", TextLimits.Description)) is { } problem)
            return InvoiceRules.Refuse(Rejection.TextInvalid, problem);
        if (state.Find(PaymentRequestId) is { } known)
            return known.Content == Meaning() ? InvoiceRules.Already(known) : InvoiceRules.Refuse(Rejection.InvoiceAlreadyExists);
        if (state.Find(InvoiceId) is not { Kind: PayableKind.Invoice or PayableKind.Order } invoice) return InvoiceRules.Refuse(Rejection.InvoiceNotFound);
        if (CommandRules.NotPayable(invoice, context.Policy) is { } closed) return InvoiceRules.Refuse(closed);
        if (Amount.Currency != invoice.Currency) return InvoiceRules.Refuse(Rejection.CurrencyMismatch);
        if (!Amount.IsPositive) return InvoiceRules.Refuse(Rejection.AmountNotPositive);
        if (Amount > invoice.Due) return InvoiceRules.Refuse(Rejection.AmountExceedsPayable);

        var change = new StateChange(state, context);
        var due = DueAt?.ToUniversalTime();
        change.Add(new()
        {
            Tenant = Tenant, Id = PaymentRequestId, Kind = PayableKind.PaymentRequest, InstalmentOf = InvoiceId, Account = invoice.Account,
            Total = Amount, Document = InvoiceDocument.Open, DueAt = due, CreatedAt = context.Now, Content = Meaning(),
            Details = new()
            {
                Description = Description ?? invoice.Details.Description, StatementDescriptor = invoice.Details.StatementDescriptor,
                DefaultPaymentMethod = invoice.Details.DefaultPaymentMethod,
            },
        });
        change.Tell(PaymentRequestId, new InvoiceEvent.Issued(invoice.Account, Amount, due, PayableKind.PaymentRequest, InvoiceId));
        return InvoiceRules.Done(change, Tenant);
    }

    private Fingerprint Meaning() => CanonicalWriter.Begin()
        .Add("command", "request payment").Add("invoice", InvoiceId.Value).Add("amount", Amount)
        .Add("due", DueAt is { } due ? due.UtcTicks : -1).Add("description", Description).ToFingerprint();
}
