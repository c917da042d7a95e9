using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class StatementInMemoryTests() : StatementTests(StoreKind.InMemory);

public sealed class StatementOnSqliteTests() : StatementTests(StoreKind.Sqlite);

public sealed class StatementOnPostgreSqlTests() : StatementTests(StoreKind.PostgreSql);

public abstract class StatementTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-18")]
    public async Task RecordsAndStatementThatAgree_GiveNoFinding_WhateverMoved()
    {
        await Host.IssueAsync();
        var first = await Host.PayAsync("k1", Eur(1000));
        var second = await Host.PayAsync("k2", Eur(250));
        await Host.CashAsync("c1", Eur(1));
        await Host.RefundAsync(first.Payment!.Id, "r1", Eur(100));
        Host.Gateway.LoseDispute(Host.Gateway.OpenDispute(first.Payment.GatewayPaymentId!.Value, Eur(300)).Dispute);
        Host.Gateway.ReturnDebit(second.Payment!.GatewayPaymentId!.Value);
        await HearNoticesAsync();

        Assert.Equal(5, Host.Gateway.StatementOf().Count);
        Assert.Empty(await CompareAsync());
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task WhatTheGatewayHasAndWeDoNot_IsProposed_ChangesNothingUntilItIsApplied_AndThenAgrees()
    {
        await Host.IssueAsync();
        await Host.IssueAsync(700, "inv_2");
        var lost = await Host.PayAsync("k1", Eur(1000), ScriptedTokens.LostAfter);
        var paid = await Host.PayAsync("k2", id: "inv_2");
        Host.Gateway.MoveAgain(paid.Operation!.Reference);
        Host.Gateway.LoseDispute(Host.Gateway.OpenDispute(paid.Payment!.GatewayPaymentId!.Value, Eur(300)).Dispute);

        var findings = await CompareAsync();
        Assert.Equal(3, findings.Count);
        var state = Assert.IsType<StatementFinding.StateDiffers>(Of(findings, lost.Operation!.Reference));
        Assert.Equal((lost.Operation.Id, OperationStatus.Unknown), (state.Operation.Id, state.Operation.Status));
        Assert.IsType<StatementFinding.MissingHere>(Of(findings, paid.Operation.Reference));
        Assert.IsType<RecordDispute>(Assert.IsType<StatementFinding.MissingHere>(
            Assert.Single(findings, f => f.Proposed is RecordDispute).Finding).Proposed);
        Assert.Equal((Eur(0), Eur(0)), ((await Host.InvoiceAsync()).Settled, (await Host.InvoiceAsync("inv_2")).Overpaid));

        foreach (var finding in findings) await finding.ApplyAsync(Token);

        Assert.Equal((Eur(1000), Eur(400)), ((await Host.InvoiceAsync()).Settled, (await Host.InvoiceAsync("inv_2")).Overpaid));
        Assert.Empty(await CompareAsync());
        foreach (var finding in findings) Assert.True((await finding.ApplyAsync(Token)).IsReplay);
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task WhatWeHaveAndTheGatewayDoesNot_IsFound_InItsPeriodOnly_AndIsForAPerson()
    {
        await Host.IssueAsync();
        var first = await Host.PayAsync("k1", Eur(1000));
        var noon = Host.Time.GetUtcNow();
        Host.Time.Advance(TimeSpan.FromDays(1));
        await Host.PayAsync("k2", Eur(250));

        var finding = Assert.Single(await CompareAsync([], until: noon.AddHours(1)));
        Assert.Equal(first.Operation!.Id, Assert.IsType<StatementFinding.MissingThere>(finding.Finding).Operation.Id);
        Assert.Null(finding.Proposed);
        await Assert.ThrowsAsync<InvalidOperationException>(() => finding.ApplyAsync(Token));
        Assert.Equal(2, (await CompareAsync([])).Count);
        Assert.Empty(await CompareAsync([], from: noon.AddDays(2)));

        // A line that belongs to another period than ours is compared all the same.
        Assert.Empty(await CompareAsync([.. Host.Gateway.StatementOf()], from: noon.AddDays(2)));
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task AnotherAmount_AndALineThatComesTwice_AreFound_AndTheAmountIsShownOnThePaymentOnceApplied()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync("k1", Eur(1000));
        var line = Assert.Single(Host.Gateway.StatementOf());

        var findings = await CompareAsync([line with { Amount = Eur(999) }, line]);
        var differs = Assert.IsType<StatementFinding.AmountDiffers>(findings[0].Finding);
        Assert.Equal((Eur(1000), Eur(999)), (differs.Ours, differs.Line.Amount));
        Assert.IsType<StatementFinding.Twice>(findings[1].Finding);
        Assert.Equal(2, findings.Count);

        await findings[0].ApplyAsync(Token);
        Assert.Equal(Eur(999), Assert.Single((await Host.Service.GetPaymentAsync(paid.Payment!.Id, cancellationToken: Token))!.Discrepancies).Reported);
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task MoreThanOnePageOfOurs_IsLaidBesideTheStatement_AndOneThatIsNotSortedIsRefused()
    {
        await Host.IssueAsync(5000);
        for (var i = 0; i < 1_010; i++) await Host.PayAsync($"k{i}", Eur(1));
        var lines = Host.Gateway.StatementOf();

        Assert.Empty(await CompareAsync(lines));
        Assert.Equal(
            [lines[3].Id, lines[1_005].Id],
            (await CompareAsync([.. lines.Where((_, i) => i is not (3 or 1_005))])).Select(f => ((StatementFinding.MissingThere)f.Finding).Operation.GatewayPaymentId!.Value));
        await Assert.ThrowsAsync<ArgumentException>(() => CompareAsync([lines[1], lines[0]]));
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task ALineThatNobodyCanTellAnythingOf_HasNoProposal_AndAnUnknownReferenceIsKept()
    {
        var now = Host.Time.GetUtcNow();
        var findings = await CompareAsync(
        [
            new(new("ch_1"), StatementLineKind.Payment, Eur(5), now), new(new("ch_2"), StatementLineKind.Payment, Eur(5), now, new("unknown1")),
            new(new("dp_1"), StatementLineKind.Dispute, Eur(5), now),
        ]);

        Assert.All(findings, f => Assert.IsType<StatementFinding.MissingHere>(f.Finding));
        Assert.Equal([false, true, false], findings.Select(f => f.Proposed is not null));
        Assert.Equal(Rejection.OperationNotFound, RejectedAs(await findings[1].ApplyAsync(Token)));
        Assert.Single(await Host.Get<IInvoicePaymentQueries>().ListParkedAsync(TenantId.Default, 10, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Parity("BEY-18")]
    public async Task ARefundMadeAtTheGateway_IsProposedAsOne_AndCountsOnce_WhetherItsWebhookComesBeforeOrAfter(bool webhookFirst)
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync("k1");
        var back = Host.Gateway.RefundElsewhere(paid.Payment!.GatewayPaymentId!.Value, Eur(300));

        var finding = Assert.Single(await CompareAsync());
        Assert.Equal(back.Refund, Assert.IsType<StatementFinding.MissingHere>(finding.Finding).Line.Id);
        Assert.Equal(back, Assert.IsType<RecordDispute>(finding.Proposed).Notice);
        Assert.Equal(Eur(0), await RefundedAsync(paid.Payment.Id));

        if (webhookFirst) await HearNoticesAsync();
        var applied = await finding.ApplyAsync(Token);
        await HearNoticesAsync();

        Assert.Equal((webhookFirst, OperationKind.Refund, Eur(300)), (applied.IsReplay, applied.Operation!.Kind, applied.Operation.Moved!.Value));
        Assert.True((await finding.ApplyAsync(Token)).IsReplay);
        Assert.Equal(Eur(300), await RefundedAsync(paid.Payment.Id));
        Assert.Empty(await CompareAsync());
        Assert.Single((await Host.Service.ListOperationsAsync(paid.Invoice!.Id, cancellationToken: Token)).Items, o => o.Kind == OperationKind.Refund);
    }

    [Fact]
    [Parity("BEY-18")]
    public async Task ARefundWithoutOurReference_IsForAPerson_WhileOneOfOursMayBeIt_AndIsProposedOnceThatIsKnown()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync("k1");
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
        Assert.IsType<PaymentResult.Processing>(await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(100)));
        Host.Gateway.RefundElsewhere(paid.Payment.GatewayPaymentId!.Value, Eur(200));
        IReadOnlyList<GatewayStatementLine> lines = [.. Host.Gateway.StatementOf().Select(line => line.Kind == StatementLineKind.Refund ? line with { Reference = null } : line)];

        var unclear = await CompareAsync(lines);
        Assert.Equal((2, 0), (unclear.Count, unclear.Count(f => f.Proposed is not null)));

        Host.Time.Advance(TimeSpan.FromHours(1));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        var finding = Assert.Single(await CompareAsync(lines));
        await finding.ApplyAsync(Token);
        Assert.Equal(Eur(300), await RefundedAsync(paid.Payment.Id));
        Assert.Empty(await CompareAsync(lines));
    }

    private async Task<Money> RefundedAsync(PaymentId payment) => (await Host.Service.GetPaymentAsync(payment, cancellationToken: Token))!.Refunded;

    private static StatementFinding Of(IEnumerable<StatementMismatch> findings, GatewayReference reference) =>
        Assert.Single(findings, f => (f.Proposed as RecordOutcome)?.Operation.Value == reference.Value).Finding;

    private Task<List<StatementMismatch>> CompareAsync(
        IReadOnlyList<GatewayStatementLine>? lines = null, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Host.Service.CompareAsync(
            new()
            {
                Gateway = Test, Lines = (lines ?? Host.Gateway.StatementOf()).ToAsyncEnumerable(), From = from ?? DateTimeOffset.MinValue,
                Until = until ?? DateTimeOffset.MaxValue,
            },
            Token).ToListAsync(Token).AsTask();

    private async Task HearNoticesAsync()
    {
        foreach (var (tenant, payment, notice) in Host.Gateway.DrainNotices())
            await Host.Service.RecordDisputeAsync(new() { Tenant = tenant, Gateway = Test, GatewayPaymentId = payment, Notice = notice }, Token);
    }
}
