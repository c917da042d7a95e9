namespace InvoicePayments;

public sealed partial class StoreConformance
{
    // Times of their own, long before any other row of a shared store would be due: one per check.
    private static readonly DateTimeOffset LongAgo = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private IEnumerable<ConformanceCheck> Outbox()
    {
        yield return Check("FactsAreDueOnceCommitted", "A commit of facts makes their invoice due at the time of the first, in the same transaction; without facts nothing is due.", async kit =>
        {
            var (box, day) = (kit.As<IOutbox>(), LongAgo.AddDays(1));
            await kit.MustCommitAsync(kit.Rows.Changes(kit.Rows.Invoice()), "an invoice without facts").ConfigureAwait(false);
            await kit.MustCommitAsync(Facts(kit, "inv_2", day, 1, 2), "two facts").ConfigureAwait(false);
            Expect.Conflict(await kit.CommitAsync(Facts(kit, "inv_3", day, 1) with { Invoices = [kit.Rows.Invoice() with { Version = 7 }] }).ConfigureAwait(false), "a stale change");

            Expect.Equal("", await TakenAsync(kit, day.AddTicks(-1)).ConfigureAwait(false), "what is due before");
            var claim = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "what is due");
            Expect.Equal((Stream("inv_2"), 0L, 0), (claim.Stream, claim.Delivered, claim.Failures), "the claim");
            Expect.Committed(await box.SettleAsync(claim, new(2, 0, day, null), kit.Token).ConfigureAwait(false), "the delivery");
            Expect.Equal("", await TakenAsync(kit, day.AddDays(1)).ConfigureAwait(false), "what is due when all is delivered");

            await kit.MustCommitAsync(Facts(kit, "inv_2", day.AddHours(1), 3), "a third fact").ConfigureAwait(false);
            var third = Expect.One(await MineAsync(kit, day.AddHours(1), day.AddHours(2)).ConfigureAwait(false), "what is due afterwards");
            Expect.Equal(2, third.Delivered, "what was delivered");
            await PutAwayAsync(kit, third, 3).ConfigureAwait(false);
        });

        yield return Check("ALeaseKeepsOthersAway", "Whoever claims an invoice has it to itself until the lease ends; then another may take over.", async kit =>
        {
            var day = LongAgo.AddDays(2);
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 1), "a fact").ConfigureAwait(false);
            var first = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "the first claim");
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 2), "a fact that comes meanwhile").ConfigureAwait(false);
            Expect.Equal("", await TakenAsync(kit, day.AddSeconds(59)).ConfigureAwait(false), "what is due during the lease");
            var second = Expect.One(await MineAsync(kit, day.AddMinutes(1), day.AddMinutes(2)).ConfigureAwait(false), "the claim after the lease");

            Expect.Conflict(await kit.As<IOutbox>().SettleAsync(first, new(1, 0, day, null), kit.Token).ConfigureAwait(false), "the first claim's delivery, too late");
            Expect.Committed(await kit.As<IOutbox>().SettleAsync(second, new(1, 0, day, null), kit.Token).ConfigureAwait(false), "the second claim's delivery");
            Expect.Conflict(await kit.As<IOutbox>().SettleAsync(second, new(2, 0, day, null), kit.Token).ConfigureAwait(false), "the same claim again");
            var rest = Expect.One(await MineAsync(kit, day.AddMinutes(1), day.AddMinutes(2)).ConfigureAwait(false), "what is left");
            Expect.Equal(1, rest.Delivered, "what was delivered");
            await PutAwayAsync(kit, rest, 2).ConfigureAwait(false);
        });

        yield return Check("OneClaimWins", "Of 32 hosts that claim at once each gets other invoices, and together all of them.", async kit =>
        {
            var day = LongAgo.AddDays(3);
            for (var i = 0; i < Crowd; i++) await kit.MustCommitAsync(Facts(kit, $"inv_{i}", day, 1), "a fact").ConfigureAwait(false);
            var claims = await StoreProbe.AtOnceAsync(Crowd, async _ => await MineAsync(kit, day, day.AddMinutes(1), Crowd).ConfigureAwait(false)).ConfigureAwait(false);
            var all = claims.SelectMany(c => c).ToList();
            Expect.Equal((Crowd, Crowd), (all.Count, all.Select(c => c.Stream).Distinct().Count()), "the number of claims, and of invoices");
            foreach (var claim in all) await PutAwayAsync(kit, claim, 1).ConfigureAwait(false);
        });

        yield return Check("AFailureWaitsItsTime", "An invoice whose delivery failed is due again at the time that was given, with the number of its failures.", async kit =>
        {
            var day = LongAgo.AddDays(4);
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 1), "a fact").ConfigureAwait(false);
            var claim = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "the claim");
            Expect.Committed(await kit.As<IOutbox>().SettleAsync(claim, new(0, 3, day.AddHours(1), "timeout"), kit.Token).ConfigureAwait(false), "the failure");
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 2), "a fact that comes meanwhile").ConfigureAwait(false);
            Expect.Equal("", await TakenAsync(kit, day.AddMinutes(59)).ConfigureAwait(false), "what is due before its time");
            var again = Expect.One(await MineAsync(kit, day.AddHours(1), day.AddHours(2)).ConfigureAwait(false), "the claim at its time");
            Expect.Equal((0L, 3), (again.Delivered, again.Failures), "what was delivered, and the failures");
            await PutAwayAsync(kit, again, 2).ConfigureAwait(false);
        });

        yield return Check("ADeadLetterWaitsForRelease", "A dead letter is due to nobody, is listed for its tenant, and is due again once it is released.", async kit =>
        {
            var (box, day, other) = (kit.As<IOutbox>(), LongAgo.AddDays(5), new StoreSamples().Tenant);
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 1), "a fact").ConfigureAwait(false);
            var claim = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "the claim");
            Expect.Committed(await box.SettleAsync(claim, new(0, 10, null, "timeout"), kit.Token).ConfigureAwait(false), "the dead letter");
            await kit.MustCommitAsync(Facts(kit, "inv_1", day, 2), "a fact that comes behind it").ConfigureAwait(false);
            Expect.Equal("", await TakenAsync(kit, day.AddYears(1)).ConfigureAwait(false), "what is due");

            var dead = await box.ListDeadAsync(kit.Rows.Tenant, 10, kit.Token).ConfigureAwait(false);
            Expect.Equal(new DeadLetter(kit.Rows.Tenant, Stream("inv_1"), 1, 10, "timeout"), Expect.One(dead, "the dead letters"), "the dead letter");
            Expect.Equal(0, (await box.ListDeadAsync(other, 10, kit.Token).ConfigureAwait(false)).Count, "the number of another tenant's");
            Expect.Conflict(await box.ReleaseAsync(other, Stream("inv_1"), day, kit.Token).ConfigureAwait(false), "another tenant's release");
            Expect.Committed(await box.ReleaseAsync(kit.Rows.Tenant, Stream("inv_1"), day, kit.Token).ConfigureAwait(false), "the release");
            Expect.Conflict(await box.ReleaseAsync(kit.Rows.Tenant, Stream("inv_1"), day, kit.Token).ConfigureAwait(false), "the release again");

            var again = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "what is due after the release");
            Expect.Equal((0L, 0), (again.Delivered, again.Failures), "what was delivered, and the failures");
            await PutAwayAsync(kit, again, 2).ConfigureAwait(false);
        });

        yield return Check("CreditFactsAreDueToo", "A commit of facts about an account's credit makes them a stream of their own, beside that of the invoice.", async kit =>
        {
            var (day, credit) = (LongAgo.AddDays(6), new OutboxStream.OfCredit(new(kit.Rows.Account, Currency.EUR)));
            var changes = Facts(kit, "inv_1", day, 1) with
            {
                Credits = [kit.Rows.Credit()],
                CreditFacts = [kit.Rows.CreditFact(1) with { At = day.AddMinutes(1) }, kit.Rows.CreditFact(2) with { At = day.AddMinutes(2) }],
            };
            await kit.MustCommitAsync(changes, "facts of an invoice and of a credit").ConfigureAwait(false);

            var invoice = Expect.One(await MineAsync(kit, day, day.AddHours(1)).ConfigureAwait(false), "what is due first");
            Expect.Equal(Stream("inv_1"), invoice.Stream, "the stream");
            var claim = Expect.One(await MineAsync(kit, day.AddMinutes(1), day.AddHours(1)).ConfigureAwait(false), "what is due then");
            Expect.Equal(((OutboxStream)credit, 0L, 0), (claim.Stream, claim.Delivered, claim.Failures), "the claim");
            Expect.Committed(await kit.As<IOutbox>().SettleAsync(claim, new(1, 10, null, "timeout"), kit.Token).ConfigureAwait(false), "a dead letter");
            Expect.Equal(new DeadLetter(kit.Rows.Tenant, credit, 2, 10, "timeout"), Expect.One(await kit.As<IOutbox>().ListDeadAsync(kit.Rows.Tenant, 10, kit.Token).ConfigureAwait(false), "the dead letters"), "the dead letter");
            Expect.Committed(await kit.As<IOutbox>().ReleaseAsync(kit.Rows.Tenant, credit, day, kit.Token).ConfigureAwait(false), "the release");
            await PutAwayAsync(kit, Expect.One(await MineAsync(kit, day.AddMinutes(1), day.AddHours(1)).ConfigureAwait(false), "what is due after the release"), 2).ConfigureAwait(false);
            await PutAwayAsync(kit, invoice, 1).ConfigureAwait(false);
        });

        yield return Check("IdleStreamsAreForgotten", "A stream that was delivered whole before the time that is given is forgotten, no other is, and its next fact is delivered alone.", async kit =>
        {
            var (day, retention) = (LongAgo.AddDays(7), kit.As<IRetention>());
            await kit.MustCommitAsync(Facts(kit, "inv_idle", day, 1, 2), "facts").ConfigureAwait(false);
            var claim = Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "the claim");
            Expect.Committed(await kit.As<IOutbox>().SettleAsync(claim, new(2, 0, day, null), kit.Token).ConfigureAwait(false), "the delivery");
            await kit.MustCommitAsync(Facts(kit, "inv_waits", day, 1), "a fact that waits").ConfigureAwait(false);
            await kit.MustCommitAsync(Facts(kit, "inv_dead", day, 1), "a fact that nobody takes").ConfigureAwait(false);
            foreach (var row in await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false))
                Expect.Committed(await kit.As<IOutbox>().SettleAsync(row, new(0, 1, row.Stream == Stream("inv_dead") ? null : day, "timeout"), kit.Token).ConfigureAwait(false), "a failure");

            while (await retention.PurgeAsync(day, 1_000, kit.Token).ConfigureAwait(false) == 1_000) continue;
            Expect.Equal(0, await retention.PurgeAsync(day, 1_000, kit.Token).ConfigureAwait(false), "the number that is forgotten too early");
            Expect.Equal(1, await retention.PurgeAsync(day.AddTicks(1), 1_000, kit.Token).ConfigureAwait(false), "the number that is forgotten");
            Expect.Conflict(await kit.As<IOutbox>().SettleAsync(claim, new(1, 0, day, null), kit.Token).ConfigureAwait(false), "a delivery of what was forgotten");
            Expect.One(await kit.As<IOutbox>().ListDeadAsync(kit.Rows.Tenant, 10, kit.Token).ConfigureAwait(false), "the dead letters");
            await PutAwayAsync(kit, Expect.One(await MineAsync(kit, day, day.AddMinutes(1)).ConfigureAwait(false), "what waits"), 1).ConfigureAwait(false);

            await kit.MustCommitAsync(Facts(kit, "inv_idle", day.AddDays(30), 3), "a fact that comes later").ConfigureAwait(false);
            var next = Expect.One(await MineAsync(kit, day.AddDays(30), day.AddDays(31)).ConfigureAwait(false), "what is due later");
            Expect.Equal((Stream("inv_idle"), 2L), (next.Stream, next.Delivered), "what was delivered");
            await PutAwayAsync(kit, next, 3).ConfigureAwait(false);
        });
    }

    private static OutboxStream Stream(string invoice) => OutboxStream.Parse($"i:{invoice}");

    private static ChangeSet Facts(StoreProbe kit, string invoice, DateTimeOffset at, params IReadOnlyList<long> numbers) =>
        new() { Tenant = kit.Rows.Tenant, Facts = [.. numbers.Select(n => kit.Rows.Fact(n, invoice) with { At = at })] };

    // A claim of somebody else's row in a shared store simply runs out.
    private static async Task<IReadOnlyList<OutboxClaim>> MineAsync(StoreProbe kit, DateTimeOffset now, DateTimeOffset until, int limit = 100) =>
        [.. (await kit.As<IOutbox>().ClaimAsync(now, until, limit, kit.Token).ConfigureAwait(false)).Where(c => c.Tenant == kit.Rows.Tenant)];

    private static async Task<string> TakenAsync(StoreProbe kit, DateTimeOffset now) =>
        string.Join(' ', (await MineAsync(kit, now, now).ConfigureAwait(false)).Select(c => c.Stream.Key));

    private static async Task PutAwayAsync(StoreProbe kit, OutboxClaim claim, long delivered) =>
        Expect.Committed(await kit.As<IOutbox>().SettleAsync(claim, new(delivered, 0, LongAgo, null), kit.Token).ConfigureAwait(false), "the end of it");
}
