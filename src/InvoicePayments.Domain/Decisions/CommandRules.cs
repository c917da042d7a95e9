namespace InvoicePayments;

/// <summary>Rules that several commands share. Each answers the refusal, or null.</summary>
internal static class CommandRules
{
    internal static PaymentResult.Rejected Reject(Rejection why, string? detail = null) => new(why, detail ?? $"{why.Message} {why.WhatToDo}");

    internal static Decision<PaymentResult> Refuse(Rejection why, string? detail = null) => new Decision<PaymentResult>.Answer(null, Reject(why, detail));

    /// <summary>The texts of a command; the first that is not acceptable is named.</summary>
    internal static string? TextProblem(PaymentPolicy policy, params ReadOnlySpan<(string? Text, string Name, int Limit)> texts)
    {
        foreach (var (text, name, limit) in texts)
        {
            if (TextRules.Problem(text, name, limit, policy.AllowCardNumbersInText, multiline: true) is { } problem) return problem;
        }

        return null;
    }

    internal static string? MetadataProblem(PaymentPolicy policy, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count > TextLimits.MetadataEntries) return $"Metadata has at most {TextLimits.MetadataEntries} entries; this one has {metadata.Count}.";
        foreach (var (key, value) in metadata)
        {
            var problem = TextRules.Problem(key, "metadata key", TextLimits.MetadataKey, policy.AllowCardNumbersInText, required: true)
                ?? TextRules.Problem(value, "metadata value", TextLimits.MetadataValue, policy.AllowCardNumbersInText, multiline: true);
            if (problem is not null) return problem;
        }

        return null;
    }

    /// <summary>Why an invoice cannot take money at all; null when it can. Each state has its own code (Pelcro).</summary>
    internal static Rejection? NotPayable(Invoice invoice, PaymentPolicy policy) => invoice.Status switch
    {
        InvoiceStatus.Draft => Rejection.InvoiceDraft,
        InvoiceStatus.Void => Rejection.InvoiceVoid,
        InvoiceStatus.Paid when !invoice.Total.IsZero => Rejection.InvoicePaid,
        InvoiceStatus.Uncollectible when !policy.AllowPayingUncollectible => Rejection.InvoiceUncollectible,
        _ => null,
    };

    /// <summary>How much is to be paid, or why not. Everything due when no amount is given (Pelcro, Chargebee).</summary>
    internal static (Money Amount, Rejection? Why) AmountOf(Invoice invoice, Money? asked, PaymentPolicy policy)
    {
        if (asked is { } given && given.Currency != invoice.Currency) return (given, Rejection.CurrencyMismatch);
        if (invoice.Total.IsZero && (asked is null || asked.Value.IsZero)) return (invoice.Total, null);

        var amount = asked ?? (policy.PendingPayments == PendingPaymentRule.AdmitWhatIsPayable ? invoice.Payable : invoice.Due);
        if (asked is { IsPositive: false }) return (amount, Rejection.AmountNotPositive);
        if (amount > invoice.Due) return (amount, Rejection.AmountExceedsPayable);
        if (policy.PendingPayments == PendingPaymentRule.RefuseEverything && invoice.Reserved.IsPositive) return (amount, Rejection.PaymentInProgress);
        if (amount > invoice.Payable || amount.IsZero) return (amount, Rejection.PaymentInProgress);
        return amount < invoice.Due && !policy.AllowPartialPayments ? (amount, Rejection.PartialPaymentNotAllowed) : (amount, null);
    }
}
