using System.Globalization;
using InvoicePayments;
using Spectre.Console;

namespace QuickStart;

/// <summary>What the library answers, in words and colours.</summary>
internal static class Words
{
    public static Text Text(string text, Color? colour = null) => new(text, new Style(colour));

    public static Text Amount(Money money) =>
        Text(money.Amount.ToString($"N{money.Currency.DecimalDigits}", CultureInfo.InvariantCulture)).RightJustified();

    public static string StatusOf(Invoice invoice) =>
        invoice.FlagsAt(DateTimeOffset.UtcNow) is var flags and not InvoiceFlags.None ? $"{invoice.Status}, {flags}" : $"{invoice.Status}";

    public static string? Sentence(PaymentResult answer) => answer is { Operation: { } operation, Invoice: { } invoice }
        ? $"{NameOf(operation.Kind)} of {operation.Amount}, the invoice is {StatusOf(invoice)}."
        : null;

    /// <summary>A fact, in words. The cases that this story has not are told by their name.</summary>
    public static (string What, string Detail) Tell(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.Issued issued => ("issued", $"{issued.Total}, due {issued.DueAt:yyyy-MM-dd}"),
        InvoiceEvent.Paid => ("paid", "nothing is due any more"),
        InvoiceEvent.Voided taken => ("voided", taken.Reason ?? ""),
        InvoiceEvent.Started started => (Of(started, "started"), $"{started.Reserved} is spoken for, gateway {started.Gateway} is asked"),
        InvoiceEvent.ActionRequired waits => (Of(waits, "waits"), $"for the payer, at {waits.RedirectUrl}"),
        InvoiceEvent.Progressed now => (Of(now, $"{now.Status}"), now.Why?.Message ?? ""),
        InvoiceEvent.Succeeded moved => (Of(moved, "succeeded"), $"{moved.Moved}, {moved.GatewayPaymentId}{moved.OfflineMethod}"),
        InvoiceEvent.Ended ended => (Of(ended, $"{ended.Status}"), ended.Decline?.Message ?? ended.Why?.Message ?? ""),
        _ => (fact.GetType().Name, ""),
    };

    public static Color ColourOf(PaymentResult answer) => answer switch
    {
        PaymentResult.Succeeded => Color.Green,
        PaymentResult.ActionRequired or PaymentResult.Processing => Color.Yellow,
        _ => Color.Red,
    };

    public static Color ColourOf(Invoice invoice) => invoice.Status switch
    {
        InvoiceStatus.Paid => Color.Green,
        InvoiceStatus.Void => Color.Grey,
        _ when invoice.FlagsAt(DateTimeOffset.UtcNow).HasFlag(InvoiceFlags.PastDue) => Color.Red,
        _ => Color.Yellow,
    };

    public static Color ColourOf(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.Succeeded or InvoiceEvent.Paid => Color.Green,
        InvoiceEvent.Progressed or InvoiceEvent.ActionRequired => Color.Yellow,
        InvoiceEvent.Ended or InvoiceEvent.Voided => Color.Red,
        _ => Color.Default,
    };

    private static string Of(InvoiceEvent.OperationEvent fact, string what) => $"{NameOf(fact.Kind)} {what.ToLowerInvariant()}";

    private static string NameOf(OperationKind kind) => kind == OperationKind.Offline ? "offline payment" : $"{kind}".ToLowerInvariant();
}
