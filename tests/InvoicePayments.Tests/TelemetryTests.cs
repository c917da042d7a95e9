using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

/// <summary>What can be seen from outside: enough to know what goes on, and never a secret.</summary>
public sealed class TelemetryTests
{
    private const string Token1 = "tok_lost_after";
    private const string Key = "key-of-the-caller";

    [Fact]
    public async Task APayment_IsSeenAsSpansAndMeasurements_WithoutSecrets()
    {
        var (spans, measures) = (new ConcurrentBag<Activity>(), new ConcurrentBag<string>());
        using var tracing = new ActivityListener
        {
            ShouldListenTo = s => s.Name == InvoicePaymentsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(tracing);
        await using var host = InMemory(b => b.Services.AddMetrics());
        using var metering = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Meter.Name == InvoicePaymentsTelemetry.MeterName && i.Meter.Scope == host.Get<IMeterFactory>()) l.EnableMeasurementEvents(i);
            },
        };
        metering.SetMeasurementEventCallback<double>((i, _, tags, _) => measures.Add($"{i.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        metering.SetMeasurementEventCallback<long>((i, value, _, _) => measures.Add($"{i.Name} {value}"));
        metering.Start();
        await host.IssueAsync();
        using var mine = new Activity("test").Start();
        await host.PayAsync(Key);
        await host.PayAsync(Key);
        mine.Stop();

        var own = spans.Where(s => s.TraceId == mine.TraceId).ToList();
        Assert.Equal(2, own.Count(s => s.OperationName == "invoice_payments.pay"));
        var call = Assert.Single(own, s => s.OperationName == "invoice_payments.gateway.charge");
        Assert.Equal("test", call.GetTagItem("invoice_payments.gateway.name"));
        Assert.Equal(nameof(GatewayOutcome.Succeeded), call.GetTagItem("invoice_payments.outcome"));
        Assert.Contains("invoice_payments.operation.duration issue done", measures);
        Assert.Contains("invoice_payments.operation.duration pay succeeded", measures);
        Assert.Contains("invoice_payments.gateway.request.duration charge Succeeded test", measures);
        Assert.Contains("invoice_payments.idempotency.replays 1", measures);
        Assert.DoesNotContain(own.SelectMany(s => s.TagObjects), t => $"{t.Value}".Contains("tok_", StringComparison.Ordinal) || $"{t.Value}".Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatGoesWrong_IsLogged_WithoutTokenKeyOrForeignMessage()
    {
        var log = new Lines();
        await using var host = InMemory(b => b.Services.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        await host.IssueAsync();
        host.Gateway.Next(ScriptedBehaviour.Throw(new InvalidOperationException(Token1), afterMoving: true));
        var unknown = await host.PayAsync(Key, Eur(100), new(Token1));
        host.Gateway.Next(ScriptedBehaviour.ReportWrongAmount(Eur(1)));
        await host.PayAsync("k2", Eur(100));
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Service.RecoverAsync(cancellationToken: Token);

        Assert.Contains(log.All, l => l.StartsWith("1 Warning", StringComparison.Ordinal) && l.Contains(unknown.Operation!.Id.Value, StringComparison.Ordinal));
        Assert.Contains(log.All, l => l.StartsWith("5 Warning", StringComparison.Ordinal) && l.Contains("amount_differs", StringComparison.Ordinal));
        Assert.Contains(log.All, l => l.StartsWith("6 Information", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, l => l.Contains(Token1, StringComparison.Ordinal) || l.Contains(Key, StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{eventId.Id} {logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
