using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class ExplainInMemoryTests() : ExplainTests(StoreKind.InMemory);

public sealed class ExplainOnSqliteTests() : ExplainTests(StoreKind.Sqlite);

public sealed class ExplainOnPostgreSqlTests() : ExplainTests(StoreKind.PostgreSql);

public abstract class ExplainTests(StoreKind store) : EveryStore(store)
{
    [Fact]
    [Parity("BEY-12")]
    public async Task WhatReservesWhat_WhyItIsNotPayable_WhoActsNextAndWhen_AreTold()
    {
        await Host.IssueAsync(1250);
        await Host.CashAsync(amount: Eur(50));
        var challenged = await Host.PayAsync("k1", Eur(700), ScriptedTokens.Challenge);
        var lost = await Host.PayAsync("k2", Eur(300), ScriptedTokens.LostBefore);

        var told = await ExplainAsync();

        Assert.Equal((Eur(50), Eur(1000), Eur(200)), (told.Invoice.Settled, told.Invoice.Reserved, told.Invoice.Payable));
        Assert.Equal([(challenged.Operation!.Id, Eur(700)), (lost.Operation!.Id, Eur(300))], told.UnderWay.Select(o => (o.Operation.Id, o.Reserves)));
        Assert.Equal(Rejection.PaymentInProgress, told.Refusal);
        Assert.Equal(RejectedAs(await Host.PayAsync("k3")), told.Refusal);
        Assert.Equal(
            [
                new(ActingParty.Recovery, NextAction.AskGateway, lost.Operation.NextCheckAt),
                new(ActingParty.Payer, NextAction.CompleteChallenge, challenged.Operation.ActionDeadline),
                new(ActingParty.Payer, NextAction.Pay),
            ],
            told.Next);
        Assert.Contains(told.Sentences, s => s.Contains("EUR 2.00 may still be paid", StringComparison.Ordinal));
        Assert.Contains(told.Sentences, s => s.Contains($"{challenged.Operation.Id} reserves EUR 7.00", StringComparison.Ordinal)
            && s.Contains("The payer has to complete the challenge until 2026-01-01 00:15:00Z", StringComparison.Ordinal));
        Assert.Contains(told.Sentences, s => s.Contains("refused as payment_in_progress", StringComparison.Ordinal));
    }

    [Fact]
    [Parity("BEY-12")]
    public async Task WhatNobodyCouldAnswer_WaitsForAPerson()
    {
        await Host.IssueAsync(1250);
        await Host.PayAsync(token: ScriptedTokens.WrongAmount);

        var told = await ExplainAsync();

        Assert.Equal([new(ActingParty.Operator, NextAction.SettleByHand)], told.Next);
        Assert.Contains(told.Sentences, s => s.Contains("amount_differs", StringComparison.Ordinal) && s.Contains("settle it by hand", StringComparison.Ordinal));
    }

    [Fact]
    [Parity("BEY-12")]
    public async Task EveryState_HasItsRefusalAndItsNextStep()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = new("draft"), Account = Ada, Total = Eur(1), AsDraft = true }, Token);
        var due = Host.Time.GetUtcNow().AddDays(-1);
        await Host.Service.IssueAsync(new() { InvoiceId = new("late"), Account = Ada, Total = Eur(1), DueAt = due }, Token);
        await Host.IssueAsync(id: "paid");
        await Host.PayAsync(id: "paid");
        await Host.IssueAsync(id: "store", details: new() { CollectedBy = InvoiceCollector.AppStore });

        Assert.Equal((Rejection.InvoiceDraft, new NextStep(ActingParty.Host, NextAction.Issue)), await FirstAsync("draft"));
        Assert.Equal((null, new NextStep(ActingParty.Payer, NextAction.Pay, due)), await FirstAsync("late"));
        Assert.Equal((Rejection.InvoicePaid, new NextStep(ActingParty.Nobody, NextAction.Nothing)), await FirstAsync("paid"));
        Assert.Equal((Rejection.InvoiceCollectedByStore, new NextStep(ActingParty.Nobody, NextAction.Nothing)), await FirstAsync("store"));
        Assert.Contains("It was due at 2025-12-31 00:00:00Z.", (await ExplainAsync("late")).Sentences);
        Assert.Null(await Host.Service.ExplainAsync(new("nobody"), cancellationToken: Token));
    }

    [Fact]
    public async Task ARefundUnderWay_ReservesNothingOfTheInvoice_AndASecondSuccessHasToBeGivenBack()
    {
        await Host.IssueAsync(1250);
        var paid = await Host.PayAsync();
        Host.Gateway.Next(ScriptedBehaviour.Process());
        await Host.RefundAsync(paid.Payment!.Id, "r1", Eur(250));
        await Host.HearAsync(paid.Operation!.Id, Host.Gateway.MoveAgain(paid.Operation.Reference));

        var told = await ExplainAsync();

        var refund = Assert.Single(told.UnderWay);
        Assert.Equal((Eur(250), Eur(0), NextAction.Answer), (refund.Part, refund.Reserves, refund.Next.What));
        Assert.Equal(told.Invoice.Reserved, refund.Reserves);
        Assert.Contains(new(ActingParty.Operator, NextAction.GiveBack), told.Next);
    }

    private async Task<InvoiceExplanation> ExplainAsync(string id = "inv_1") => (await Host.Service.ExplainAsync(new(id), cancellationToken: Token))!;

    private async Task<(Rejection? Refusal, NextStep First)> FirstAsync(string id)
    {
        var told = await ExplainAsync(id);
        return (told.Refusal, told.Next[0]);
    }
}
