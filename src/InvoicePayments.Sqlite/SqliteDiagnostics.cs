using System.Diagnostics.Metrics;

namespace InvoicePayments;

/// <summary>What the store counts, so that the cost of a call can be seen: it must not grow with the payments already made.</summary>
internal static class SqliteDiagnostics
{
    internal const string MeterName = "InvoicePayments.Sqlite";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> RowsRead =
        Meter.CreateCounter<long>("invoice_payments.sqlite.rows_read", "{row}", "Rows that queries answered.");

    internal static readonly Counter<long> Statements =
        Meter.CreateCounter<long>("invoice_payments.sqlite.statements", "{statement}", "Statements that were run.");
}
