using System.Diagnostics.Metrics;

namespace InvoicePayments;

/// <summary>What the store counts, so that the cost of a call can be seen: it must not grow with the payments already made.</summary>
internal static class PostgreSqlDiagnostics
{
    internal const string MeterName = "InvoicePayments.PostgreSql";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> RowsRead =
        Meter.CreateCounter<long>("invoice_payments.postgresql.rows_read", "{row}", "Rows that loads answered.");

    internal static readonly Counter<long> RoundTrips =
        Meter.CreateCounter<long>("invoice_payments.postgresql.round_trips", "{round_trip}", "Round trips of loads and commits.");

    internal static readonly Histogram<int> BatchSize =
        Meter.CreateHistogram<int>("invoice_payments.postgresql.batch_size", "{call}", "How many loads or commits shared a round trip.");

    internal static readonly Counter<long> Repeats =
        Meter.CreateCounter<long>("invoice_payments.postgresql.repeats", "{batch}", "Batches that had to be done again, in whole or in part.");
}
