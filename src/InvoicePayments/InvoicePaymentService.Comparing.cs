using System.Runtime.CompilerServices;
using System.Text;

namespace InvoicePayments;

/// <content>Our records beside a gateway's statement: two sorted streams, laid side by side.</content>
internal sealed partial class InvoicePaymentService
{
    public IAsyncEnumerable<StatementMismatch> CompareAsync(GatewayStatement statement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statement);
        _ = Require(movements);
        return FindAsync(statement, cancellationToken);
    }

    private async IAsyncEnumerable<StatementMismatch> FindAsync(GatewayStatement statement, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rules = new StatementRules(statement.Tenant, statement.Gateway);
        var ours = MovementsAsync(statement, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var end = ours.ConfigureAwait(false);
        List<PaymentOperation> listed = [];
        List<GatewayStatementLine> seen = [];
        GatewayStatementLine? before = null;
        var isMore = await ours.MoveNextAsync().ConfigureAwait(false);

        await foreach (var line in statement.Lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (before is null || before.Id != line.Id)
            {
                if (before is not null && Compare(before.Id, line.Id) > 0)
                    throw new ArgumentException($"The lines are not sorted by id: {line.Id} comes after {before.Id}.", nameof(statement));

                // What was listed under the id before and no line was about, and everything of ours up to this id, is missing there.
                foreach (var missing in listed.Where(NoLineIsAbout)) yield return Missing(missing);
                for (; isMore && Compare(IdOf(ours.Current), line.Id) < 0; isMore = await ours.MoveNextAsync().ConfigureAwait(false)) yield return Missing(ours.Current);

                listed.Clear();
                seen.Clear();
                for (; isMore && IdOf(ours.Current) == line.Id; isMore = await ours.MoveNextAsync().ConfigureAwait(false)) listed.Add(ours.Current);
            }

            before = line;
            if (seen.Exists(other => other.Kind == line.Kind))
            {
                yield return Mismatch(new StatementFinding.Twice(line));
                continue;
            }

            seen.Add(line);
            if (!StatementRules.Agree(line, listed) && rules.FindingOf(line, await KnownOfAsync(rules, line, cancellationToken).ConfigureAwait(false)) is { } finding)
                yield return Mismatch(finding);
        }

        foreach (var missing in listed.Where(NoLineIsAbout)) yield return Missing(missing);
        for (; isMore; isMore = await ours.MoveNextAsync().ConfigureAwait(false)) yield return Missing(ours.Current);

        bool NoLineIsAbout(PaymentOperation operation) => !seen.Exists(line => StatementRules.IsAbout(line, operation));
    }

    private async Task<IReadOnlyList<PaymentOperation>> KnownOfAsync(StatementRules rules, GatewayStatementLine line, CancellationToken cancellationToken)
    {
        var known = (await LoadAsync(rules.WhatToLoad(line), cancellationToken).ConfigureAwait(false)).Operations;
        if (rules.WhatElseToLoad(line) is not { } more) return known;
        var beside = await LoadAsync(more, cancellationToken).ConfigureAwait(false);
        return [.. known.Concat(beside.Operations).Concat(beside.OpenOperations).DistinctBy(o => o.Id)];
    }

    private async IAsyncEnumerable<PaymentOperation> MovementsAsync(GatewayStatement statement, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PaymentOperation? last = null;
        while (true)
        {
            var page = await movements!.ListMovementsAsync(
                statement.Tenant, statement.Gateway, statement.From, statement.Until, last, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var operation in page) yield return last = operation;
            if (page.Count < PageSize) yield break;
        }
    }

    private StatementMismatch Missing(PaymentOperation operation) => Mismatch(new StatementFinding.MissingThere(operation));

    private StatementMismatch Mismatch(StatementFinding finding) => new(finding, (command, cancellationToken) => RunAsync("mend", command, cancellationToken));

    private static GatewayPaymentId IdOf(PaymentOperation operation) => operation.GatewayPaymentId!.Value;

    private static int Compare(GatewayPaymentId first, GatewayPaymentId second) =>
        Encoding.UTF8.GetBytes(first.Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(second.Value));
}
