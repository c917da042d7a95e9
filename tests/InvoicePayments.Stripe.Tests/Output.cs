using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(InvoicePayments.Tests.Output))]

namespace InvoicePayments.Tests;

/// <summary>
/// All that the suite lets out: every log line at every level, every span with its tags and events, every exception that was thrown anywhere. When
/// the last test is done all of it is searched for keys, secrets, tokens and rows of digits; one that is found fails the run.
/// </summary>
public sealed partial class Output : IAsyncDisposable
{
    private static readonly ConcurrentQueue<string> Lines = new();
    private readonly ActivityListener _listener;

    public Output()
    {
        _listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Lines.Enqueue($"span {activity.Source.Name} {activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))} {string.Join(' ', activity.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags.Select(t => $"{t.Key}={t.Value}"))}"))}"),
        };
        ActivitySource.AddActivityListener(_listener);
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
    }

    public static ILoggerProvider Logs { get; } = new Provider();

    /// <summary>What got out so far.</summary>
    internal static IReadOnlyList<string> Snapshot => [.. Lines];

    /// <summary>What should not have got out, with the line it stands in.</summary>
    internal static IReadOnlyList<string> Leaks(IEnumerable<string>? lines = null) => [.. (lines ?? Lines).Where(line => Secret().IsMatch(line)).Take(20)];

    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        _listener.Dispose();
        return Leaks() is { Count: > 0 } leaks ? throw new InvalidOperationException($"The suite let out what it should not: {string.Join('\n', leaks)}") : default;
    }

    private static void Thrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        // What a test itself says when it fails may show anything.
        if (e.Exception.GetType().Namespace?.StartsWith("Xunit", StringComparison.Ordinal) != true) Lines.Enqueue($"thrown {e.Exception.GetType().Name} {e.Exception.Message}");
    }

    [GeneratedRegex(@"sk_test_\w|rk_test_\w|whsec_\w|_secret_\w|\b(?:tok|pm|card|src|cus)_\w|\b4242\b|\d{12,19}\d*(?!\d*\s*ms)", RegexOptions.CultureInvariant)]
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
            Lines.Enqueue($"log {category} {logLevel} {formatter(state, exception)} {exception}");
    }
}
