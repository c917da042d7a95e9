namespace InvoicePayments;

/// <summary>The names under which the library can be watched, for example with OpenTelemetry's <c>AddSource</c> and <c>AddMeter</c>.</summary>
public static class InvoicePaymentsTelemetry
{
    /// <summary>The name of the activity source: one span per call of the service and one per call of a gateway. No span holds an amount, a token or a key.</summary>
    public const string ActivitySourceName = "InvoicePayments";

    /// <summary>The name of the meter: durations of calls and of gateway requests in seconds, conflicts, replays.</summary>
    public const string MeterName = "InvoicePayments";
}
