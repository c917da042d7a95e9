namespace InvoicePayments.Tests;

/// <summary>Stores that let two win where one may: versions, claims, and what is final.</summary>
internal static class ClaimBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("CommitsWithoutComparingVersions", "Rows are written without comparing versions, and facts take the next free number.",
            Renumbered),
        Of("ClaimsAreNotUnique", "An operation is written by an upsert, so a second claim of a key overwrites the first.", Upserted),
        new("ForgetsHowOftenItWasAsked", "An update forgets that it was asked before, so one request that was not sent speaks for another.")
        {
            Innocent = Difficult,
            Store = () => new() { Bend = (_, c) => WithEach(c, o => o.Sends > 1 ? o with { Sends = 1 } : o) },
        },
        Of("DoesNotKeepTheCommand", "What the gateway was asked is not stored, so nobody can go on where a host has died.", (_, c) => c with
        {
            Operations = [.. c.Operations.Select(o => o with { Command = null })],
        }),
        new("LateNewsOverwritesWhatIsFinal", "Whoever stores news looks for the operation's id alone, and not whether it has ended.")
        {
            Store = () => new()
            {
                Lie = (_, request, state) => IsForNews(request) ? Reopened(state) : state,
                Bend = (s, c) => EndsAgain(s, c) ? null : c,
            },
        },
    ];

    /// <summary>What looks as dangerous and is not, because something else holds: the design has no need of it.</summary>
    public static IReadOnlyList<Bug> Harmless { get; } =
    [
        // A claim saves work. That nothing moves twice rests on the gateway's guarantee and on the versions.
        Of("ForgetsWhoIsTalking", "Nobody sees that somebody else is talking to the gateway already.",
            (_, c) => WithEach(c, o => o with { BusyUntil = null })),

        // Who finds his own operation takes it for his: the key is the record.
        new("SaysConflictThoughItCommitted", "A commit whose answer was lost is repeated, and meets its own rows.")
        {
            Store = () => new() { Answer = (s, result) => s.Commits % 5 == 0 ? CommitResult.Conflict : result },
        },
        new("SearchesAnIndex", "A gateway finds a payment half an hour late, and claims that absence proves something after an hour.")
        {
            Innocent = GatewayBugs.Searching,
        },
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, ChangeSet, ChangeSet?> bend) =>
        new(name, sentence) { Store = () => new() { Bend = bend } };

    private static ChangeSet Renumbered(BuggyStore store, ChangeSet changes) => changes with
    {
        Invoices = [.. changes.Invoices.Select(i => store.Find(i.Tenant, i.Id) is { } there
            ? i with { Version = there.Version + 1, FactCount = there.FactCount + changes.Facts.Count(f => f.Invoice == i.Id) }
            : i)],
        Operations = [.. changes.Operations.Select(o => Over(o, store.Find(o.Operation.Tenant, o.Operation.Id)))],
        Payments = [.. changes.Payments.Select(p => p with { Version = 1 + (store.Find(p.Tenant, p.Id)?.Version ?? 0) })],
        Facts = [.. changes.Facts.GroupBy(f => f.Invoice).SelectMany(facts =>
            facts.Select((f, n) => f with { Sequence = n + 1 + (store.Find(f.Tenant, f.Invoice)?.FactCount ?? 0) }))],
    };

    private static ChangeSet Upserted(BuggyStore store, ChangeSet changes) => changes with
    {
        Operations =
            [.. changes.Operations.Select(o => o.Operation.Version > 1 ? o : Over(o, store.Find(o.Operation.Tenant, o.Operation.Id)))],
        Payments =
            [.. changes.Payments.Select(p => p.Version > 1 ? p : p with { Version = 1 + (store.Find(p.Tenant, p.Id)?.Version ?? 0) })],
    };

    private static OperationChange Over(OperationChange change, PaymentOperation? there) =>
        change with { Operation = change.Operation with { Version = 1 + (there?.Version ?? 0) } };

    // Honest in everything: its search is behind by less than it claims, and it says so when a second request could not be sent.
    private static BuggyGateway Difficult(IPaymentGateway inner) => new(inner)
    {
        LookUp = (gateway, trace) => BuggyGateway.LookAfterAsync(TimeSpan.FromSeconds(100), gateway, trace),
        Ask = (gateway, command, before) => before == 1
            ? Task.FromResult<GatewayOutcome>(new GatewayOutcome.NotSent(new("no_connection", "No connection was to be had.")))
            : gateway.ExecuteAsync(command, CancellationToken.None),
    };

    private static ChangeSet WithEach(ChangeSet changes, Func<PaymentOperation, PaymentOperation> change) =>
        changes with { Operations = [.. changes.Operations.Select(o => o with { Operation = change(o.Operation) })] };

    private static bool IsForNews(LoadRequest request) => request.Invoices.Count == 0 && request.Payment is null;

    private static InvoiceState Reopened(InvoiceState state) => state with
    {
        Operations = [.. state.Operations.Select(
            o => o is { IsFinal: true, Gateway: not null, EvidenceOf: null } ? o with { Status = OperationStatus.Unknown } : o)],
    };

    // What ended does not end twice: only what says less than that overwrites it.
    private static bool EndsAgain(BuggyStore store, ChangeSet changes) =>
        changes.Operations.Select(c => c.Operation).Any(o => o.IsFinal && store.Find(o.Tenant, o.Id) is { IsFinal: true });
}
