using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace InvoicePayments;

/// <summary>What can be seen from outside: spans, measurements and logs, each from one place. Attributes are names only, so that they stay few.</summary>
internal sealed class PaymentTelemetry : IDisposable
{
    private static readonly ActivitySource Source = new(InvoicePaymentsTelemetry.ActivitySourceName);

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _gatewayDuration;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _replays;
    private readonly Histogram<double> _workDuration;
    private readonly Counter<long> _workItems;

    internal PaymentTelemetry(IMeterFactory? meters, ILogger logger, TimeProvider time)
    {
        var options = new MeterOptions(InvoicePaymentsTelemetry.MeterName);
        (_ownsMeter, _meter) = meters is null ? (true, new Meter(options)) : (false, meters.Create(options));
        (_logger, _time) = (logger, time);
        _duration = _meter.CreateHistogram<double>("invoice_payments.operation.duration", "s", "How long a call of the service took.");
        _gatewayDuration = _meter.CreateHistogram<double>("invoice_payments.gateway.request.duration", "s", "How long a gateway took to answer, resends included.");
        _conflicts = _meter.CreateCounter<long>("invoice_payments.conflicts", "{conflict}", "Commits that came second and were decided again.");
        _workDuration = _meter.CreateHistogram<double>("invoice_payments.work.duration", "s", "How long a round of background work took.");
        _workItems = _meter.CreateCounter<long>("invoice_payments.work.items", "{item}", "Operations looked at, invoices charged, facts delivered, rows forgotten by background work.");
        _replays = _meter.CreateCounter<long>("invoice_payments.idempotency.replays", "{replay}", "Answers that repeat an earlier one.");
    }

    internal Watch Serving(string verb) => new(this, verb, Source.StartActivity($"invoice_payments.{verb}"), _duration, null);

    internal Watch Calling(GatewayName gateway, OperationKind kind, bool isQuestion = false)
    {
        var what = isQuestion ? "resolve" : WordOf(kind);
        var activity = Source.StartActivity($"invoice_payments.gateway.{what}", ActivityKind.Client);
        activity?.SetTag("invoice_payments.gateway.name", gateway.Value);
        return new(this, what, activity, _gatewayDuration, gateway.Value);
    }

    internal Watch Working(string kind) => new(this, kind, Source.StartActivity($"invoice_payments.work.{kind}"), _workDuration, null);

    internal void Worked(string kind, int items)
    {
        if (items > 0) _workItems.Add(items, new TagList { { "invoice_payments.operation", kind } });
    }

    internal void WorkFailed(string kind, Exception failure, TimeSpan pause) => Log.WorkFailed(_logger, kind, failure.GetType().Name, pause.TotalSeconds);

    internal void WorkBegins(IEnumerable<string> kinds) => Log.WorkBegins(_logger, string.Join(", ", kinds));

    internal void WorkEnds() => Log.WorkEnds(_logger);

    internal void NotRecovered(OperationId operation, Exception failure) => Log.NotRecovered(_logger, operation.Value, failure.GetType().Name);

    private static string WordOf(OperationKind kind) => kind switch
    {
        OperationKind.Refund => "refund",
        OperationKind.Authorize => "authorize",
        OperationKind.Capture => "capture",
        OperationKind.Void => "void",
        _ => "charge",
    };

    internal void Conflict() => _conflicts.Add(1);

    internal void Replayed() => _replays.Add(1);

    internal void GatewayFailed(GatewayName gateway, GatewayReference operation, Exception escaped) =>
        Log.GatewayFailed(_logger, gateway.Value, operation.Value, escaped.GetType().Name);

    internal void CircuitOpened(GatewayName gateway) => Log.CircuitOpened(_logger, gateway.Value);

    internal void StoreFailedAfterAsking(OperationId operation, Exception failure) =>
        Log.StoreFailedAfterAsking(_logger, operation.Value, failure.GetType().Name);

    internal void CustomerResourceFailed(OperationId operation, Exception failure) =>
        Log.CustomerResourceFailed(_logger, operation.Value, failure.GetType().Name);

    internal void TooManyConflicts(int conflicts) => Log.TooManyConflicts(_logger, conflicts);

    internal void NeedsAttention(PaymentOperation operation) => Log.NeedsAttention(_logger, operation.Id.Value, operation.Error?.Code ?? "unknown");

    internal void Recovered(int lookedAt, int finished) => Log.Recovered(_logger, lookedAt, finished);

    internal void NotDelivered(OutboxStream stream, long sequence, int failures, string exception, bool isDead)
    {
        if (isDead) Log.GaveUpDelivery(_logger, sequence, stream.Key, failures, exception);
        else Log.NotDelivered(_logger, sequence, stream.Key, failures, exception);
    }

    internal void Received(GatewayName gateway, NotificationReading reading)
    {
        switch (reading)
        {
            case NotificationReading.Ignored ignored:
                Log.NotificationIgnored(_logger, gateway.Value, ignored.Type, ignored.Why);
                break;
            case NotificationReading.Rejected rejected:
                Log.NotificationRejected(_logger, gateway.Value, rejected.Why.Code);
                break;
            case NotificationReading.NotNow later:
                Log.NotificationNotNow(_logger, gateway.Value, later.Why.Code);
                break;
            case NotificationReading.Told told:
                foreach (var news in told.What.OfType<GatewayNews.ForPerson>()) Log.NotificationForPerson(_logger, gateway.Value, news.Why.Code, news.Why.Message);
                break;
        }
    }

    public void Dispose()
    {
        if (_ownsMeter) _meter.Dispose();
    }

    /// <summary>One thing that is being timed.</summary>
    internal readonly struct Watch(
        PaymentTelemetry telemetry, string what, Activity? activity, Histogram<double> histogram, string? gateway) : IDisposable
    {
        private readonly long _began = telemetry._time.GetTimestamp();

        /// <summary>It ended with this answer, in one word.</summary>
        internal void Answered(string outcome)
        {
            activity?.SetTag("invoice_payments.outcome", outcome);
            var tags = new TagList { { "invoice_payments.operation", what }, { "invoice_payments.outcome", outcome } };
            if (gateway is not null) tags.Add("invoice_payments.gateway.name", gateway);
            histogram.Record(telemetry._time.GetElapsedTime(_began).TotalSeconds, tags);
        }

        public void Dispose() => activity?.Dispose();
    }
}
