namespace InvoicePayments.Tests;

/// <summary>Draws the transition tables as Mermaid state diagrams, and puts them between the marks of a page.</summary>
internal static class StateDiagrams
{
    private const string End = "<!-- end -->";

    private static readonly IReadOnlyList<InvoiceTransition> InvoiceSteps = InvoiceStateMachine.Transitions;

    public static string Invoice { get; } = Block(
        InvoiceSteps.Select(step => $"{step.From?.ToString() ?? "[*]"} --> {step.To}: {step.Verb}"),
        InvoiceSteps.Select(step => step.To).Distinct()
            .Where(to => InvoiceSteps.All(step => step.From != to))
            .Select(last => $"{last} --> [*]"));

    public static string Payment { get; } = Block(Starts(), Steps(), Ends());

    /// <summary>The page with this diagram between its marks.</summary>
    public static string Replace(string page, string name, string diagram)
    {
        var mark = $"<!-- generated: {name} -->";
        var start = page.IndexOf(mark, StringComparison.Ordinal);
        var end = start < 0 ? -1 : page.IndexOf(End, start, StringComparison.Ordinal);
        if (end < 0) throw new InvalidOperationException($"The page has no {mark} … {End}.");

        return $"{page[..start]}{mark}\n{diagram}{page[end..]}";
    }

    // Where no news leads, an operation begins.
    private static IEnumerable<string> Starts() => PaymentStateMachine.Transitions.Keys
        .Except(PaymentStateMachine.Transitions.Values.SelectMany(to => to))
        .Select(first => $"[*] --> {first}");

    // One arrow to all final statuses together, where any of them may follow: forty arrows would say less.
    private static IEnumerable<string> Steps() =>
        from step in PaymentStateMachine.Transitions
        let final = step.Value.Where(PaymentStateMachine.IsFinal).ToList()
        let rest = step.Value.Where(to => !PaymentStateMachine.IsFinal(to))
        from to in final.Count == Finals.Count ? rest.Select(to => $"{to}").Append("Final") : step.Value.Select(to => $"{to}")
        select $"{step.Key} --> {to}";

    private static IEnumerable<string> Ends() => ["state Final {", .. Finals.Select(status => $"    {status}"), "}", "Final --> [*]"];

    private static List<OperationStatus> Finals => [.. PaymentStateMachine.Transitions.Keys.Where(PaymentStateMachine.IsFinal)];

    private static string Block(params IEnumerable<string>[] lines) =>
        $"```mermaid\nstateDiagram-v2\n{string.Concat(lines.SelectMany(some => some).Select(line => $"    {line}\n"))}```\n";
}
