using System.Text.Json;

namespace InvoicePayments.Tests;

/// <summary>What the gateway has decided, by reference, and what is left of every charge and authorization. A decision is in the file before anybody hears of it.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AppendedFile _file;
    private readonly Dictionary<string, WireAnswer> _known = [];
    private readonly Dictionary<string, long> _left = [];

    public Ledger(string path)
    {
        foreach (var line in LedgerLine.ReadAll(path)) Apply(line);
        _file = new(path);
    }

    public WireAnswer? Find(string reference)
    {
        lock (_lock) return _known.GetValueOrDefault(reference);
    }

    public WireAnswer Receive(WireRequest request)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(request.Reference, out var known)) return known;
            var line = new LedgerLine(request, Decide(request));
            _file.Append(JsonSerializer.Serialize(line, WireJson.Default.LedgerLine));
            Apply(line);
            return line.Answer;
        }
    }

    public void Dispose() => _file.Dispose();

    private WireAnswer Decide(WireRequest asked)
    {
        var left = asked.Of is { } of ? _left.GetValueOrDefault(of) : long.MaxValue;
        return asked switch
        {
            { Token: "tok_declined" } => Say("declined", asked, "card_declined"),
            { Kind: "authorize" } => Say("authorized", asked),
            { Kind: "void", Ends: true } when left == 0 => Say("refused", asked, "authorization_closed"),
            { Kind: "capture" or "refund" } when asked.Minor > left => Say("refused", asked, "more_than_is_left"),
            _ => Say("succeeded", asked),
        };
    }

    private static WireAnswer Say(string state, WireRequest asked, string? code = null) =>
        new(state, $"{asked.Kind[..2]}_{asked.Reference}", asked.Minor, asked.Currency, code);

    private void Apply(LedgerLine line)
    {
        var (asked, answer) = line;
        _known[asked.Reference] = answer;
        if (answer.State is not ("succeeded" or "authorized")) return;
        if (asked.Kind is "charge" or "authorize" or "capture") _left[answer.Id] = asked.Minor;
        if (asked.Of is { } of) _left[of] = asked.Ends ? 0 : _left[of] - asked.Minor;
    }
}
