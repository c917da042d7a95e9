using System.Globalization;

namespace InvoicePayments;

/// <summary>What the commands about an invoice as a document share.</summary>
internal static class InvoiceRules
{
    internal static Decision<InvoiceResult> Refuse(Rejection why, string? detail = null) =>
        new Decision<InvoiceResult>.Answer(null, new InvoiceResult.Rejected(why, detail ?? $"{why.Message} {why.WhatToDo}"));

    internal static Decision<InvoiceResult> Already(Invoice invoice) =>
        new Decision<InvoiceResult>.Answer(null, new InvoiceResult.Done(invoice, IsReplay: true));

    internal static Decision<InvoiceResult> Done(StateChange change, TenantId tenant)
    {
        var changes = change.ToChangeSet(tenant);
        return new Decision<InvoiceResult>.Answer(changes, new InvoiceResult.Done(changes.Invoices[0], IsReplay: false));
    }

    /// <summary>
    /// Takes an invoice back or gives it up. Both are refused while money is in or under way, so that no money is ever left on a
    /// document that asks for none; doing it twice is harmless.
    /// </summary>
    internal static Decision<InvoiceResult> Close(
        InvoiceState state, DecisionContext context, Invoice? known, InvoiceDocument document, InvoiceEvent fact, string? reason)
    {
        if (TextRules.Problem(reason, "reason", TextLimits.Reference, context.Policy.AllowCardNumbersInText, multiline: true) is { } problem)
            return Refuse(Rejection.TextInvalid, problem);
        if (known is not { } invoice) return Refuse(Rejection.InvoiceNotFound);
        if (invoice.Document == document) return Already(invoice);
        if (!InvoiceStateMachine.Allows(invoice.Document, document)) return Refuse(Rejection.InvoiceStateInvalid);
        if (state.OpenOperations.Any(o => o.Allocation.Documents.Contains(invoice.Id))) return Refuse(Rejection.MoneyUnderWay, $"{Rejection.MoneyUnderWay.Message} {invoice.Reserved} is reserved.");
        if (invoice.Sums.Net > 0) return Refuse(Rejection.MoneyReceived);

        var change = new StateChange(state, context);
        change.Change(invoice.Id, i => i with { Document = document, Dunning = i.Dunning.State == DunningState.InProgress ? i.Dunning.Over() : i.Dunning });
        change.Tell(invoice.Id, fact);
        return Done(change, invoice.Tenant);
    }

    /// <summary>The first text of an invoice that is not acceptable.</summary>
    internal static string? TextProblem(InvoiceDetails details, PaymentPolicy policy)
    {
        var problem = CommandRules.TextProblem(
            policy,
            (details.Number, "number", TextLimits.Reference),
            (details.Description, "description", TextLimits.Description),
            (details.StatementDescriptor, "statement descriptor", TextLimits.StatementDescriptor),
            (details.BillingReason, "billing reason", TextLimits.Reference),
            (details.Subscription, "subscription", TextLimits.Reference)) ?? CommandRules.MetadataProblem(policy, details.Metadata);
        if (problem is not null) return problem;
        if (details.Lines.Count > InvoiceDetails.MaxLines)
            return string.Create(CultureInfo.InvariantCulture, $"An invoice has at most {InvoiceDetails.MaxLines} lines; this one has {details.Lines.Count}.");
        return details.Lines.Select(l => CommandRules.TextProblem(policy, (l.Description, "description of a line", TextLimits.Description)))
            .FirstOrDefault(p => p is not null);
    }

    /// <summary>Whether every amount that is printed is in the currency of the total.</summary>
    internal static bool IsAllIn(Currency currency, InvoiceDetails details) =>
        details.Lines.Select(l => (Money?)l.Amount).Concat([details.Subtotal, details.Discount, details.Tax])
            .All(amount => amount is not { } money || money.Currency == currency);

    /// <summary>Everything an invoice says, so that the same id with one other word is another invoice.</summary>
    internal static CanonicalWriter Write(CanonicalWriter writer, InvoiceDetails details)
    {
        writer.Add("number", details.Number).Add("description", details.Description).Add("descriptor", details.StatementDescriptor)
            .Add("method", details.DefaultPaymentMethod?.Value).Add("billing", (long)details.Billing).Add("reason", details.BillingReason)
            .Add("subscription", details.Subscription).Add("from", Ticks(details.PeriodStart)).Add("to", Ticks(details.PeriodEnd))
            .Add("days", details.DaysUntilDue ?? -1L).Add("subtotal", details.Subtotal).Add("discount", details.Discount).Add("tax", details.Tax)
            .Add("tax percent", Text(details.TaxPercent));
        foreach (var line in details.Lines)
            writer.Add("line", line.Description).Add("amount", line.Amount).Add("quantity", Text(line.Quantity));
        foreach (var (key, value) in details.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            writer.Add("metadata", key).Add("value", value);

        // Only where they say something, so that what an ordinary invoice means is written as it always was.
        if (details.Type != InvoiceType.Payment) writer.Add("type", (long)details.Type);
        if (details.CollectedBy != InvoiceCollector.Host) writer.Add("collected by", (long)details.CollectedBy);
        return writer;
    }

    private static long Ticks(DateTimeOffset? at) => at is { } time ? time.UtcTicks : -1;

    // Without trailing zeros: 19 and 19.0 per cent are the same rate.
    private static string? Text(decimal? number) => number?.ToString("0.############################", CultureInfo.InvariantCulture);
}
