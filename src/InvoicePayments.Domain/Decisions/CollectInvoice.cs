namespace InvoicePayments;

/// <summary>
/// Charge an invoice that is due, as one step of a collection run: everything due, to the invoice's or the account's default method, set
/// off by the merchant. Its key is derived from run, invoice and attempt, so that a run that is started again charges nobody again.
/// </summary>
public sealed record CollectInvoice : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The invoice.</summary>
    public required InvoiceId InvoiceId { get; init; }

    /// <summary>The run.</summary>
    public required CollectionRunId Run { get; init; }

    /// <summary>Which attempt it is: <see cref="InvoiceDunning.Attempt"/> as the invoice was listed.</summary>
    public int Attempt { get; init; }

    /// <summary>Invoices that are due by then are collected, UTC. A retry is never made before its own time.</summary>
    public required DateTimeOffset DueBy { get; init; }

    private PayInvoice Payment => new()
    {
        Tenant = Tenant, InvoiceId = InvoiceId, Initiator = PaymentInitiator.Merchant,
        Key = "collect_" + DerivedId.Base32("collect", Run.Value, InvoiceId.Value, Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => Payment.WhatToLoad(policy);

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        // By its own id: a store that loads more than was asked for must not make a charge look like a repetition.
        var wasMade = WhatToLoad(context.Policy).Operations.Any(id => state.Find(id) is not null);
        if (!wasMade && state.Find(InvoiceId) is { } invoice && NotDue(invoice, context) is { } why) return CommandRules.Refuse(why);
        return Payment.Decide(state, context);
    }

    /// <summary>Why an invoice is never collected; one over nothing is paid from the beginning.</summary>
    internal static Rejection? NotCollectable(Invoice invoice, PaymentPolicy policy) => invoice.Status == InvoiceStatus.Paid
        ? Rejection.InvoicePaid
        : CommandRules.NotPayable(invoice, policy, initiator: PaymentInitiator.Merchant);

    /// <summary>Why it is not collected now. A repetition is not asked: it is answered what the first time was answered, or finishes it.</summary>
    private Rejection? NotDue(Invoice invoice, DecisionContext context)
    {
        if (NotCollectable(invoice, context.Policy) is { } closed) return closed;
        if (invoice.Reserved.IsPositive) return Rejection.PaymentInProgress;
        if (invoice.CollectAt is not { } at || at > DueBy) return Rejection.InvoiceNotDue;
        return invoice.Dunning.NextAt > context.Now ? Rejection.InvoiceNotDue : null;
    }
}
