using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace InvoicePayments.Tests;

/// <summary>
/// Feeds a reader of outside input with changed copies of good input until the time is over. Input with a new kind of answer becomes
/// material for further changes, so that it works its way behind the first check. INVOICEPAYMENTS_FUZZ_SECONDS says how long each target
/// is fed (2 when left out; with 0 it gets the good input alone), INVOICEPAYMENTS_FUZZ_SEED repeats a run: the same seed gives the same
/// inputs in the same order.
/// </summary>
internal sealed class Fuzzer
{
    private const int MaxCorpus = 2_000;
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(20);

    private readonly int _seed = Number("INVOICEPAYMENTS_FUZZ_SEED") ?? Environment.TickCount;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<string> _corpus;
    private readonly HashSet<string> _answers = new(StringComparer.Ordinal);
    private readonly string _target;

    private Fuzzer(string target, IEnumerable<string> corpus)
    {
        _target = target;
        _corpus = [.. corpus];
        _random = new(_seed);
        _mutator = new(_random);
    }

    /// <summary>Feeds texts.</summary>
    /// <param name="target">What it is called in the output.</param>
    /// <param name="corpus">Good input, and input that was bad once.</param>
    /// <param name="read">Reads one input and says in a word how it was answered; whatever it throws is a finding.</param>
    /// <param name="reshape">A change that knows the structure of the input; half of all inputs get it first.</param>
    internal static Task Texts(
        string target, IEnumerable<string> corpus, Func<string, string> read, Func<Random, string, string>? reshape = null) =>
        new Fuzzer(target, corpus).RunAsync((text, _) => read(text), reshape);

    /// <summary>Feeds UTF-8, some of it broken.</summary>
    internal static Task Bytes(
        string target, IEnumerable<string> corpus, Func<byte[], string> read, Func<Random, string, string>? reshape = null) =>
        new Fuzzer(target, corpus).RunAsync((text, mutator) => read(mutator.Bytes(Encoding.UTF8.GetBytes(text))), reshape);

    private async Task RunAsync(Func<string, Mutator, string> read, Func<Random, string, string>? reshape)
    {
        var clock = Stopwatch.StartNew();
        var budget = TimeSpan.FromSeconds(Number("INVOICEPAYMENTS_FUZZ_SECONDS") ?? 2);
        var given = _corpus.Count;
        var current = "";
        long inputs = 0;
        var work = Task.Run(() =>
        {
            foreach (var text in Inputs(reshape))
            {
                if (inputs >= given && clock.Elapsed >= budget) return;
                Volatile.Write(ref current, text);
                Interlocked.Increment(ref inputs);
                if (_answers.Add(read(text, _mutator)) && _corpus.Count < MaxCorpus) _corpus.Add(text);
            }
        });

        // A reader that hangs would hang the run: somebody has to look from outside.
        for (var seen = -1L; await Task.WhenAny(work, Task.Delay(Hanging)) != work; seen = Interlocked.Read(ref inputs))
            Assert.True(seen != Interlocked.Read(ref inputs), Describe("hangs", inputs, Volatile.Read(ref current)));

        if (work.Exception is { InnerException: var finding }) Assert.Fail(Describe(finding!.ToString(), inputs, current));
        TestContext.Current.SendDiagnosticMessage("{0}: {1} inputs, {2} kinds of answer, seed {3}", _target, inputs, _answers.Count, _seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_target}: {inputs} inputs, {_answers.Count} kinds of answer, seed {_seed}");
    }

    private IEnumerable<string> Inputs(Func<Random, string, string>? reshape)
    {
        foreach (var seed in _corpus.ToArray()) yield return seed;
        while (true)
        {
            var text = Any();
            var shaped = reshape is not null && _random.Next(2) == 0;
            if (shaped) text = reshape!(_random, text);
            yield return shaped && _random.Next(4) != 0 ? text : _mutator.Change(text, Any());
        }
    }

    private string Any() => _corpus[_random.Next(_corpus.Count)];

    private string Describe(string finding, long inputs, string text) =>
        $"{_target}: input {inputs} of seed {_seed}: {finding}\nThe input as UTF-16, escaped: {Escape(text)}";

    private static string Escape(string text) =>
        string.Concat(text.Take(4_000).Select(c => c is >= ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
