namespace InvoicePayments;

/// <summary>
/// Stop collecting an invoice: no run charges it any more. What is under way goes on, and anybody may still pay it. Doing it twice is
/// harmless, so no key is needed.
/// </summary>
public sealed record StopDunning : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>Why, at most 255 characters; a customer may see it.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (TextRules.Problem(Reason, "reason", TextLimits.Reference, context.Policy.AllowCardNumbersInText, multiline: true) is { } problem)
            return InvoiceRules.Refuse(Rejection.TextInvalid, problem);
        if (state.Find(InvoiceId) is not { } invoice) return InvoiceRules.Refuse(Rejection.InvoiceNotFound);
        if (CollectInvoice.NotCollectable(invoice, context.Policy) is { } closed) return InvoiceRules.Refuse(closed);
        if (invoice.Dunning.State == DunningState.Stopped) return InvoiceRules.Already(invoice);
        if (invoice.Dunning.State == DunningState.Exhausted) return InvoiceRules.Refuse(Rejection.InvoiceStateInvalid, "Its dunning is exhausted: there is nothing to stop.");

        var change = new StateChange(state, context);
        change.Change(InvoiceId, i => i with { Dunning = i.Dunning with { State = DunningState.Stopped, NextAt = null } });
        change.Tell(InvoiceId, new InvoiceEvent.DunningStopped(Reason));
        return InvoiceRules.Done(change, Tenant);
    }
}
