using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class SqliteCrashTests() : KilledProcessTests(StoreKind.Sqlite)
{
    protected override int Kills => 8;

    protected override bool Runs(Verb verb, bool byKey, Story story) => story == Story.Answers || (verb == Verb.Pay) == byKey;
}

/// <summary>Every point on SQLite and in memory; here those rows that differ most, because each costs a process and a session.</summary>
public sealed class PostgreSqlCrashTests() : KilledProcessTests(StoreKind.PostgreSql)
{
    protected override int Kills => 4;

    protected override bool Runs(Verb verb, bool byKey, Story story) => (verb, byKey, story) is (Verb.Pay, true, Story.Answers) or (Verb.Refund, false, Story.LosesTheAnswer);
}

/// <summary>
/// The same as in memory, with a real process that the system takes away, on a real database: at every crash point, and at any moment, so that it
/// also happens within a commit. What is left there is all that whoever comes next has.
/// </summary>
public abstract class KilledProcessTests(StoreKind store)
{
    private const int MinutesLater = 2;
    private static readonly ParallelOptions TwoAtATime = new() { MaxDegreeOfParallelism = 2 };

    /// <summary>How often a process is killed at a moment that nobody chose.</summary>
    protected abstract int Kills { get; }

    /// <summary>Whether this row of the matrix is run.</summary>
    protected abstract bool Runs(Verb verb, bool byKey, Story story);

    [Fact]
    public async Task WhereverTheProcessIsKilled_TheNextOneFinishesItAndMoneyMovesOnce()
    {
        var rows =
            from verb in new[] { Verb.Pay, Verb.Refund }
            from byKey in new[] { true, false }
            from story in new[] { Story.Answers, Story.LosesTheAnswer }
            where Runs(verb, byKey, story)
            select (verb, byKey, story);
        await Parallel.ForEachAsync(rows, TwoAtATime, async (row, _) =>
        {
            string[]? passed = null;
            for (var n = 1; passed is null; n++) passed = await KillAtAsync(n, row.verb, row.byKey, row.story);

            // A lost answer makes this host ask a second time by itself.
            Assert.Equal(CrashTests.OfOnePayment, passed.Take(CrashTests.OfOnePayment.Length));
        });
    }

    [Fact]
    public async Task WheneverTheProcessIsKilled_TheNextOneFinishesItAndMoneyMovesOnce()
    {
        const int Invoices = 40;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var kills = Enumerable.Range(0, Kills).Select(i => (byKey: i % 2 == 0, after: TimeSpan.FromMilliseconds(random.Next(1, 800)))).ToList();
        await Parallel.ForEachAsync(kills, TwoAtATime, async (kill, _) =>
        {
            await using var folder = await TempFolder.NewAsync(store);
            await PrepareAsync(folder.Path, Invoices, isPaid: false);
            await CrashHostProcess.KillAsync(folder.Path, "work", Invoices, kill.after);
            await CrashHostProcess.RunAsync(folder.Path, kill.byKey ? "work" : "recover", Invoices, later: MinutesLater);
            var what = $"seed {seed}, killed after {kill.after}, {(kill.byKey ? "same keys" : "recovery")}";
            await CheckAsync(folder.Path, Invoices, kill.byKey ? 2 : null, what);
        });
    }

    /// <summary>Answers the points of a process that lived; null for one that was killed.</summary>
    private async Task<string[]?> KillAtAsync(int n, Verb verb, bool byKey, Story story)
    {
        await using var folder = await TempFolder.NewAsync(store);
        await PrepareAsync(folder.Path, 1, isPaid: verb == Verb.Refund);
        var command = verb == Verb.Pay ? "pay" : "refund";
        var (lived, points) = await CrashHostProcess.RunAsync(folder.Path, command, dieAt: n, story: story);

        // Who comes next is the same program for one row, and otherwise this one, which is running already.
        var next = byKey ? command : "recover";
        if (verb == Verb.Pay && byKey && story == Story.Answers) await CrashHostProcess.RunAsync(folder.Path, next, later: MinutesLater);
        else await FinishAsync(folder.Path, next);

        var what = $"{verb}, {story}, {(byKey ? "same key" : "recovery")}, killed at {n} {points[^1]}";
        await CheckAsync(folder.Path, 1, !byKey ? null : verb == Verb.Pay ? 1 : 2, what);
        return lived ? points : null;
    }

    private static async Task PrepareAsync(string folder, int invoices, bool isPaid)
    {
        await using var provider = CrashFolder.Open(folder, new(0), TimeProvider.System);
        var service = provider.GetRequiredService<IInvoicePaymentService>();
        await Task.WhenAll(Enumerable.Range(1, invoices).Select(number => service.IssueAsync(CrashFolder.Issue(number))));
        if (isPaid) Assert.IsType<PaymentResult.Succeeded>(await service.PayAsync(CrashFolder.Pay(1)));
    }

    private static async Task FinishAsync(string folder, string command)
    {
        var clock = new LaterClock(TimeSpan.FromMinutes(MinutesLater));
        await using var provider = CrashFolder.Open(folder, new(0), clock);
        await CrashFolder.RunAsync(provider.GetRequiredService<IInvoicePaymentService>(), command, 1, clock);
    }

    /// <summary>What was begun has succeeded, with the same keys all of it; the books agree; and a repetition moves nothing.</summary>
    private static async Task CheckAsync(string folder, int invoices, int? expected, string what)
    {
        try
        {
            await using var provider = CrashFolder.Open(folder, new(0), TimeProvider.System);
            var service = provider.GetRequiredService<IInvoicePaymentService>();
            var ledger = CrashFolder.LedgerOf(folder);
            for (var number = 1; number <= invoices; number++)
            {
                await Books.AgreeAsync(service, CrashFolder.InvoiceOf(number), ledger);
                var operations = (await service.ListOperationsAsync(CrashFolder.InvoiceOf(number))).Items;
                Assert.All(operations, o => Assert.Equal(OperationStatus.Succeeded, o.Status));
                Assert.Equal(expected ?? operations.Count, operations.Count);

                foreach (var operation in operations)
                {
                    var again = operation.Kind == OperationKind.Refund
                        ? await service.RefundAsync(CrashFolder.Refund(number))
                        : await service.PayAsync(CrashFolder.Pay(number));
                    Assert.True(again.IsReplay);
                    Assert.Equal((operation.Id, operation.Version), (again.Operation!.Id, again.Operation.Version));
                }

                await Books.AgreeAsync(service, CrashFolder.InvoiceOf(number), ledger);
            }
        }
        catch (Exception failed)
        {
            Assert.Fail($"{what}: {failed.Message}");
        }
    }

    private sealed class TempFolder : IAsyncDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("invoice-payments-crash-");
        private string? _schema;

        public string Path => _folder.FullName;

        public static async Task<TempFolder> NewAsync(StoreKind store)
        {
            var folder = new TempFolder();
            if (store != StoreKind.PostgreSql) return folder;
            folder._schema = await (await PostgreSqlSchemas.SharedAsync()).RentAsync();
            CrashFolder.KeepOnPostgreSql(folder.Path, (await PostgreSqlServer.SharedAsync()).ConnectionString, folder._schema);
            return folder;
        }

        public async ValueTask DisposeAsync()
        {
            _folder.Delete(recursive: true);
            if (_schema is not null) await (await PostgreSqlSchemas.SharedAsync()).ReturnAsync(_schema);
        }
    }
}
