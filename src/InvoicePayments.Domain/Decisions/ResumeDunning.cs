namespace InvoicePayments;

/// <summary>
/// Collect an invoice again whose dunning was stopped or is exhausted: the schedule begins anew. Where nothing was stopped it changes
/// nothing, so no key is needed.
/// </summary>
public sealed record ResumeDunning : IDecidable<InvoiceResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>When to try next, UTC; at once when left out, but not before it is due.</summary>
    public DateTimeOffset? At { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new() { Tenant = Tenant, Invoices = [InvoiceId] };

    /// <inheritdoc/>
    public Decision<InvoiceResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (state.Find(InvoiceId) is not { } invoice) return InvoiceRules.Refuse(Rejection.InvoiceNotFound);
        if (CollectInvoice.NotCollectable(invoice, context.Policy) is { } closed) return InvoiceRules.Refuse(closed);
        if (invoice.Dunning is { State: DunningState.None, IsRefused: false } or { State: DunningState.InProgress }) return InvoiceRules.Already(invoice);

        var change = new StateChange(state, context);
        var next = At?.ToUniversalTime() ?? (invoice.DueAt > context.Now ? invoice.DueAt.Value : context.Now);
        change.Change(InvoiceId, i => i with { Dunning = new(DunningState.InProgress, Round: i.Dunning.Round + 1, NextAt: next) });
        change.Tell(InvoiceId, new InvoiceEvent.DunningResumed(next));
        return InvoiceRules.Done(change, Tenant);
    }
}
