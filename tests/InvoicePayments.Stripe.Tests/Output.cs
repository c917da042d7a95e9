using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(InvoicePayments.Tests.Output))]

namespace InvoicePayments.Tests;

/// <summary>
/// All that the suite lets out: every log line at every level with its values, every span with its tags and events, the tags of every measurement, every
/// exception that was thrown anywhere, and what is written to the console. When the last test is done all of it is searched for keys, secrets, tokens
/// and rows of digits; one that is found fails the run.
/// </summary>
public sealed partial class Output : IAsyncDisposable
{
    private static readonly ConcurrentQueue<string> Lines = new();
    private static readonly ConcurrentDictionary<string, byte> Measured = new();
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();
    private readonly TextWriter _console = Console.Out;

    public Output()
    {
        _listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Lines.Enqueue(
                $"span {activity.Source.Name} {activity.DisplayName} {activity.StatusDescription} {Said(activity.TagObjects)} {string.Join(' ', activity.Events.Select(e => $"{e.Name} {Said(e.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measure(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measure(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, tags));
        _meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
        Console.SetOut(new Ear(_console));
        if (Environment.GetEnvironmentVariable(PlantedLeak.Variable) is { Length: > 0 } where) PlantedLeak.Plant(where);
    }

    public static ILoggerProvider Logs { get; } = new Provider();

    /// <summary>What got out so far.</summary>
    internal static IReadOnlyList<string> Snapshot => [.. Lines];

    /// <summary>What should not have got out, with the line it stands in.</summary>
    internal static IReadOnlyList<string> Leaks(IEnumerable<string>? lines = null) => [.. (lines ?? Lines.Concat(Measured.Keys)).Where(line => Secret().IsMatch(line)).Take(20)];

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        Console.SetOut(_console);
        _listener.Dispose();
        _meters.Dispose();
        return Leaks() is { Count: > 0 } leaks ? throw new InvalidOperationException($"The suite let out what it should not: {string.Join('\n', leaks)}") : default;
    }

    /// <summary>What a test says of itself is searched as well.</summary>
    internal static void Tell(ITestOutputHelper output, string text)
    {
        foreach (var line in text.Split('\n')) Lines.Enqueue($"told {line}");
        output.WriteLine(text);
    }

    private static void Measure(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measured.TryAdd($"measured {instrument.Meter.Name} {instrument.Name} {Said(tags.ToArray())}", 0);

    private static string Said(IEnumerable<KeyValuePair<string, object?>> values) => string.Join(' ', values.Select(v => $"{v.Key}={v.Value}"));

    private static void Thrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        // What a test itself says when it fails may show anything.
        if (e.Exception.GetType().Namespace?.StartsWith("Xunit", StringComparison.Ordinal) != true) Lines.Enqueue($"thrown {e.Exception.GetType().Name} {e.Exception.Message}");
    }

    // How long something took has digits behind a point.
    [GeneratedRegex(@"sk_test_\w|rk_test_\w|whsec_\w|_secret_\w|\b(?:tok|pm|card|src|cus)_\w|(?<![.\w])4242\b|(?<!\.\d*)\d{12,19}\d*(?!\d*\s*ms)", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();

    private sealed class Provider : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"scope {category} {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"log {category} {logLevel} {formatter(state, exception)} {(state is IEnumerable<KeyValuePair<string, object?>> values ? Said(values) : "")} {exception}");
    }

    private sealed class Ear(TextWriter console) : TextWriter
    {
        public override System.Text.Encoding Encoding => console.Encoding;

        public override void Write(char value) => console.Write(value);

        public override void Write(string? value)
        {
            Lines.Enqueue($"console {value}");
            console.Write(value);
        }

        public override void WriteLine(string? value)
        {
            Lines.Enqueue($"console {value}");
            console.WriteLine(value);
        }
    }
}
