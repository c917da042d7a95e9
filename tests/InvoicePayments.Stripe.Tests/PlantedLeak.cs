using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace InvoicePayments.Tests;

/// <summary>Lets a secret out on purpose, to see that the search at the end of the run finds it.</summary>
internal static class PlantedLeak
{
    /// <summary>The variable that says where it is let out; it is never set but for <see cref="LeakTests"/>.</summary>
    internal const string Variable = "INVOICEPAYMENTS_STRIPE_PLANT_LEAK";

    private static readonly List<KeyValuePair<string, object?>> Values = [new("Key", "rk_test_planted")];

    private static readonly Dictionary<string, Action> Ways = new()
    {
        ["log"] = () => Logger().Log(LogLevel.Trace, default, "sk_test_planted", null, (key, _) => $"The key is {key}."),
        ["value of a log line"] = () => Logger().Log(LogLevel.Trace, default, Values, null, (_, _) => "It is paid."),
        ["logged exception"] = () => Logger().Log(LogLevel.Error, default, 0, new InvalidOperationException("whsec_planted"), (_, _) => "It failed."),
        ["scope"] = () => Logger().BeginScope("token tok_planted"),
        ["exception"] = () => Assert.Throws<InvalidOperationException>(new Action(() => throw new InvalidOperationException("pi_1_secret_planted"))),
        ["tag"] = () => Span(span => span.SetTag("token", "pm_planted")),
        ["span event"] = () => Span(span => span.AddEvent(new("paid", tags: new() { ["card"] = "4000056655665556" }))),
        ["measurement"] = () =>
        {
            using var meter = new Meter("planted");
            meter.CreateCounter<long>("paid").Add(1, new KeyValuePair<string, object?>("customer", "cus_planted"));
        },
        ["console"] = () => Console.WriteLine("paid with the card ending in 4242"),
    };

    internal static IEnumerable<string> Names => Ways.Keys;

    internal static void Plant(string where) => Ways[where]();

    private static ILogger Logger() => Output.Logs.CreateLogger("planted");

    private static void Span(Action<Activity> say)
    {
        using var source = new ActivitySource("planted");
        using var span = source.StartActivity("pay")!;
        say(span);
    }
}
