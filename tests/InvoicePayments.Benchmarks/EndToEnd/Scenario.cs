namespace InvoicePayments.Benchmarks;

/// <summary>One comparison: who takes part, how many callers there are, and what they ask for.</summary>
internal sealed record Scenario(string Name, string Sentence, int Callers, int Invoices, Func<Ground, Contender[]> Contenders)
{
    private static readonly TimeSpan GatewayTime = TimeSpan.FromMilliseconds(100);

    /// <summary>All of them, in the order in which the page shows them.</summary>
    internal static IReadOnlyList<Scenario> All { get; } =
    [
        Offline(1), Offline(8), Offline(32), Offline(256),
        new("online-1000", "PostgreSQL, 1,000 payments in flight, a gateway of 100 ms, spread over 10,000 invoices", 1_000, 10_000, OnPostgreSql) { GatewayTakes = GatewayTime },
        new("online-32", "PostgreSQL, 32 callers, a gateway of 0 ms, spread over 10,000 invoices", 32, 10_000, OnPostgreSql) { GatewayTakes = TimeSpan.Zero },
        new("hot-64", "PostgreSQL, 64 callers, offline, all on one invoice", 64, 1, OnPostgreSql),
        new("sqlite-1", "SQLite, 1 caller, offline, spread over 1,000 invoices", 1, 1_000, OnSqlite),
        new("sqlite-64", "SQLite, 64 callers, offline, spread over 1,000 invoices", 64, 1_000, OnSqlite),
        new("sqlite-hot-64", "SQLite, 64 callers, offline, all on one invoice", 64, 1, OnSqlite),
        new("replay-32", "PostgreSQL, 32 callers repeat keys that were paid before", 32, 1_000, OnPostgreSql) { Replays = true },
    ];

    /// <summary>How long the gateway takes; null for payments that moved elsewhere.</summary>
    internal TimeSpan? GatewayTakes { get; private init; }

    /// <summary>Whether every key has been used before.</summary>
    internal bool Replays { get; private init; }

    internal async Task<IReadOnlyList<(string Contender, Measured Median)>> RunAsync(Ground ground, int rounds, TimeSpan time)
    {
        var contenders = Contenders(ground);
        var measured = contenders.Select(_ => new List<Measured>()).ToArray();
        try
        {
            foreach (var contender in contenders) await contender.BeginAsync(Invoices);
            if (Replays)
                foreach (var contender in contenders) await Parallel.ForAsync(0, Invoices, async (i, _) => await contender.PayOfflineAsync(i, KeyOf(i)));

            for (var round = 0; round <= rounds; round++)
            {
                for (var i = 0; i < contenders.Length; i++)
                {
                    var one = await Crowd.RunAsync(contenders[i], Callers, round == 0 ? Crowd.Warming : time, random => random.Next(Invoices), Pay, Replays ? KeyOf : null);
                    if (round > 0) measured[i].Add(one);
                }
            }
        }
        finally
        {
            foreach (var contender in contenders) await contender.DisposeAsync();
        }

        return [.. contenders.Select((c, i) => (c.Name, Measured.MedianOf(measured[i])))];
    }

    private Task Pay(Contender contender, int invoice, string key) =>
        GatewayTakes is { } takes ? contender.PayOnlineAsync(invoice, key, takes) : contender.PayOfflineAsync(invoice, key);

    private static string KeyOf(int invoice) => $"again{invoice}";

    private static Scenario Offline(int callers) => new(
        $"offline-{callers}", $"PostgreSQL, {callers} {(callers == 1 ? "caller" : "callers")}, offline, spread over 10,000 invoices", callers, 10_000, ground => [.. OnPostgreSql(ground), new SameRowsContender(ground, ground.NewSchema())]);

    private static Contender[] OnPostgreSql(Ground ground) => [ground.Library(), new SingleStatementContender(ground.Source, "one_statement"), new EfContender(ground.Source)];

    private static Contender[] OnSqlite(Ground ground) => [ground.LibraryOnSqlite(), new SqliteContender(ground.NewFile())];
}
