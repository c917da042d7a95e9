namespace InvoicePayments;

/// <summary>Tells a second click from a second payment. The key does that where the caller keeps it; this is for a page that made a new one.</summary>
internal static class DuplicateRules
{
    private static readonly string[] OfflineMethods = [.. Enum.GetNames<OfflineMethod>().Select(name => $"offline {name}")];

    /// <summary>The mark that a payment leaves on an invoice.</summary>
    internal static LastPayment MarkOf(PaymentOperation operation, Payment payment, AllocationPart part) =>
        new(operation.Id, part.Amount, MethodOf(payment), operation.CreatedAt);

    /// <summary>The refusal of a payment that looks like a second click; null when it does not, or when somebody has confirmed it.</summary>
    internal static Decision<PaymentResult>? Refuse(InvoiceState state, PaymentOperation operation, Payment payment, DecisionContext context, bool isConfirmed)
    {
        var window = context.Policy.DuplicateWindow;
        if (isConfirmed || window == TimeSpan.Zero) return null;

        // Of a payment over several invoices every part has to look the same.
        LastPayment? first = null;
        foreach (var part in operation.Allocation.Parts)
        {
            if (state.Find(part.Invoice)?.LastPayment is not { } mark) return null;
            if (mark.Amount != part.Amount || context.Now - mark.At >= window || mark.Method != MethodOf(payment)) return null;
            first ??= mark;
        }

        var last = first!;

        var why = Rejection.PossibleDuplicate;
        return CommandRules.Refuse(why, $"{why.Message} It is operation {last.Operation} over {last.Amount}, begun at {last.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z. {why.WhatToDo}");
    }

    // A new card counts as the same one at its gateway: a page that is clicked twice makes two tokens of one card.
    private static string MethodOf(Payment payment) => payment switch
    {
        { Mode: PaymentMode.Credit } => "account credit",
        { OfflineMethod: { } offline } => OfflineMethods[(int)offline],
        { PaymentMethod: { } stored } => $"method {stored}",
        { Gateway: { } gateway } => $"new card at {gateway}",
        _ => "nothing",
    };
}
