using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class DunningInMemoryTests() : DunningTests(StoreKind.InMemory);

public sealed class DunningOnSqliteTests() : DunningTests(StoreKind.Sqlite);

public sealed class DunningOnPostgreSqlTests() : DunningTests(StoreKind.PostgreSql);

/// <summary>When an invoice is charged again, and when no more.</summary>
public abstract class DunningTests(StoreKind store) : EveryStore(store)
{
    private static readonly Decline Stolen = new(DeclineKind.LostOrStolen, RetryAdvice.Never, "43", "Stolen card.");
    private int _runs;

    [Fact]
    [Parity("BEY-15")]
    public async Task ASoftDecline_IsTriedAgainByTheSchedule_NeverEarlier_UntilItIsExhausted_AndTheFactsSayWhen()
    {
        await IssueDueAsync("tok_declined");
        List<double> waits = [];
        for (var charges = 1; ; charges++)
        {
            var item = Assert.Single(await CollectAsync());
            Assert.IsType<PaymentResult.Declined>(item.Result);
            Assert.Empty(await CollectAsync());
            Assert.Equal(charges, Host.Gateway.Calls.Count);
            if ((await Host.InvoiceAsync()).Dunning is not { State: DunningState.InProgress, NextAt: { } next }) break;

            waits.Add((next - Host.Time.GetUtcNow()).TotalDays);
            Host.Time.Advance(next - Host.Time.GetUtcNow() - TimeSpan.FromTicks(1));
            Assert.Empty(await CollectAsync());
            Host.Time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal([1, 3, 5, 7], waits);
        Assert.Equal((DunningState.Exhausted, 5), ((await Host.InvoiceAsync()).Dunning.State, (await Host.InvoiceAsync()).Dunning.Tries));
        Host.Time.Advance(TimeSpan.FromDays(100));
        Assert.Empty(await CollectAsync());
        Assert.Equal([1, 2, 3, 4], (await FactsAsync<InvoiceEvent.DunningScheduled>()).Select(f => f.Tries));
        Assert.Equal(5, Assert.Single(await FactsAsync<InvoiceEvent.DunningExhausted>()).Tries);
    }

    [Fact]
    [Parity("BEY-15")]
    public async Task TheScheduleAndItsCaps_AreThePolicys()
    {
        var host = OpenWith(new() { Dunning = new() { RetrySchedule = [TimeSpan.FromHours(6), TimeSpan.FromDays(9)], GiveUpAfter = TimeSpan.FromDays(9) } });
        await IssueDueAsync("tok_declined", host);
        await CollectAsync(host);
        Assert.Equal(host.Time.GetUtcNow().AddHours(6), (await host.InvoiceAsync()).CollectAt);

        host.Time.Advance(TimeSpan.FromHours(6));
        await CollectAsync(host);
        Assert.Equal((DunningState.Exhausted, 2), ((await host.InvoiceAsync()).Dunning.State, (await host.InvoiceAsync()).Dunning.Tries));
    }

    [Fact]
    [Parity("BEY-15")]
    public async Task AHardDecline_ExhaustsAtOnce()
    {
        await IssueDueAsync("tok_visa");
        Host.Gateway.Next(ScriptedBehaviour.Decline(Stolen));
        Assert.IsType<PaymentResult.Declined>(Assert.Single(await CollectAsync()).Result);

        Assert.Equal((DunningState.Exhausted, null), ((await Host.InvoiceAsync()).Dunning.State, (await Host.InvoiceAsync()).CollectAt));
        Host.Time.Advance(TimeSpan.FromDays(100));
        Assert.Empty(await CollectAsync());
        Assert.Single(Host.Gateway.Calls);
    }

    [Fact]
    [Parity("BEY-15")]
    public async Task WhileNobodyKnows_ItIsNotTriedAgain_AndItsAnswerGoesOnWithTheDunning()
    {
        await IssueDueAsync("tok_declined");
        Host.Gateway.Next(ScriptedBehaviour.LoseAnswerAfter());
        Assert.IsType<PaymentResult.Processing>(Assert.Single(await CollectAsync()).Result);
        Assert.Equal(InvoiceDunning.None, (await Host.InvoiceAsync()).Dunning);

        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(Assert.Single(await CollectAsync()).Result));
        Assert.Single(Host.Gateway.Calls);

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        await Host.Service.RecoverAsync(cancellationToken: Token);
        Assert.Equal((DunningState.InProgress, 1), ((await Host.InvoiceAsync()).Dunning.State, (await Host.InvoiceAsync()).Dunning.Tries));
        Assert.Empty(await CollectAsync());
    }

    [Fact]
    [Parity("BEY-15")]
    public async Task WhileMoneyIsReserved_NothingIsTried_EvenForTheRest()
    {
        var host = OpenWith(new() { PendingPayments = PendingPaymentRule.AdmitWhatIsPayable });
        await IssueDueAsync("tok_visa", host);
        await host.PayAsync(amount: Eur(250), token: ScriptedTokens.Challenge);

        Assert.Equal(Rejection.PaymentInProgress, RejectedAs(Assert.Single(await CollectAsync(host)).Result));
        Assert.Single(host.Gateway.Calls);
    }

    [Fact]
    [Parity("BEY-15")]
    public async Task WhatAnOperatorStops_IsLeftAlone_UntilItIsResumed_AndMoneyEndsIt()
    {
        await IssueDueAsync("tok_declined");
        await CollectAsync();
        Assert.IsType<InvoiceResult.Done>(await Host.Service.StopDunningAsync(new() { InvoiceId = Inv, Reason = "They call back." }, Token));
        Host.Time.Advance(TimeSpan.FromDays(10));
        Assert.Empty(await CollectAsync());
        Assert.Equal(DunningState.Stopped, (await Host.InvoiceAsync()).Dunning.State);

        await Host.SaveMethodAsync("pm_ada", isDefault: true);
        Assert.IsType<InvoiceResult.Done>(await Host.Service.ResumeDunningAsync(new() { InvoiceId = Inv }, Token));
        Assert.IsType<PaymentResult.Succeeded>(Assert.Single(await CollectAsync()).Result);
        var paid = await Host.InvoiceAsync();
        Assert.Equal((InvoiceStatus.Paid, DunningState.None), (paid.Status, paid.Dunning.State));
        Assert.Equal("They call back.", Assert.Single(await FactsAsync<InvoiceEvent.DunningStopped>()).Reason);
        Assert.Single(await FactsAsync<InvoiceEvent.DunningResumed>());
        Assert.IsType<FactVerification.Intact>(await Host.Service.VerifyFactsAsync(Inv, null, Token));
    }

    [Fact]
    [Parity("CBE-01")]
    public async Task WhoseDunningGaveUp_IsStillCollected_AndEveryOtherStateIsRefusedWithItsCode()
    {
        await IssueDueAsync("tok_visa");
        Host.Gateway.Next(ScriptedBehaviour.Decline(Stolen));
        await CollectAsync();
        Assert.Equal(DunningState.Exhausted, (await Host.InvoiceAsync()).Dunning.State);

        Assert.Equal(InvoiceStatus.Paid, (await ChargeAsync("inv_1")).Invoice!.Status);
        Assert.Equal(DunningState.None, (await Host.InvoiceAsync()).Dunning.State);

        foreach (var id in new[] { "void", "lost" }) await Host.IssueAsync(id: id);
        await Host.Service.IssueAsync(new() { InvoiceId = new("draft"), Account = Ada, Total = Eur(1250), AsDraft = true }, Token);
        await Host.Service.VoidAsync(new() { InvoiceId = new("void") }, Token);
        await Host.Service.MarkUncollectibleAsync(new() { InvoiceId = new("lost") }, Token);
        string[] states = ["draft", "inv_1", "void", "lost"], codes = ["invoice_draft", "invoice_paid", "invoice_void", "invoice_uncollectible"];
        Assert.Equal(codes, await Task.WhenAll(states.Select(async id => RejectedAs(await ChargeAsync(id, "again")).Code)));
        Assert.Equal(codes, await Task.WhenAll(states.Select(async id => RejectedAs(await Host.Service.ResumeDunningAsync(new() { InvoiceId = new(id) }, Token)).Code)));
        Assert.Equal(codes, await Task.WhenAll(states.Select(async id => RejectedAs(await Host.Service.StopDunningAsync(new() { InvoiceId = new(id) }, Token)).Code)));
    }

    private Task<PaymentResult> ChargeAsync(string id, string key = "once") =>
        Host.Service.PayAsync(new() { InvoiceId = new(id), Key = $"{id} {key}", Initiator = PaymentInitiator.Merchant }, Token);

    private async Task IssueDueAsync(string token, PaymentHost? on = null)
    {
        var host = on ?? Host;
        await host.SaveMethodAsync("pm_ada", isDefault: true, token: token);
        await host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), DueAt = host.Time.GetUtcNow() }, Token);
    }

    private async Task<List<CollectionItem>> CollectAsync(PaymentHost? host = null) =>
        await (host ?? Host).Service.CollectAsync(new() { Id = new($"run-{++_runs}") }, null, Token).ToListAsync(Token);

    private async Task<IReadOnlyList<T>> FactsAsync<T>() => [.. (await Host.Service.ListFactsAsync(Inv, null, 1_000, null, Token)).Items.OfType<T>()];
}
