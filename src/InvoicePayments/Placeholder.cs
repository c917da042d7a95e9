namespace InvoicePayments;

internal static class Placeholder;
