using System.Text.Json;
using static InvoicePayments.Tests.PaymentHost;

namespace InvoicePayments.Tests;

public sealed class VocabularyInMemoryTests() : VocabularyTests(StoreKind.InMemory);

public sealed class VocabularyOnSqliteTests() : VocabularyTests(StoreKind.Sqlite);

public sealed class VocabularyOnPostgreSqlTests() : VocabularyTests(StoreKind.PostgreSql);

public abstract class VocabularyTests(StoreKind store) : EveryStore(store)
{
    private static readonly string[] Systems = ["Pelcro", "Rapyd", "Stax", "Chargebee", "Billingrails"];

    [Fact]
    [Parity("BEY-20")]
    public async Task TheSameInvoice_HasTheStatusOfEachSystem_WhereverItStands()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), AsDraft = true }, Token);
        await StandsAsync("draft", "draft", "DRAFT", "pending", "draft");
        await Host.IssueAsync();
        await StandsAsync("open", "open", "SENT", "payment_due", "issued");
        await Host.PayAsync("k1", token: ScriptedTokens.Declined);
        await StandsAsync("open", "open", "ATTEMPTED", "payment_due", "issued");
        await Host.PayAsync("k2", Eur(250));
        await StandsAsync("open", "open", "PARTIALLY APPLIED", "payment_due", "partially_paid");
        var rest = await Host.PayAsync("k3");
        await StandsAsync("paid", "paid", "PAID", "paid", "paid");
        await Host.RefundAsync(rest.Payment!.Id, "r1", Eur(500), reopen: false);
        await StandsAsync("paid", "paid", "PAID", "paid", "partially_refunded");
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task WhatIsVoidGivenUpOrOverdue_HasItsWordToo()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), DueAt = Host.Time.GetUtcNow().AddDays(-1) }, Token);
        Assert.Equal("overdue", Vocabulary.Billingrails.StatusOf(await Host.InvoiceAsync(), Host.Time.GetUtcNow()));
        await Host.Service.MarkUncollectibleAsync(new() { InvoiceId = Inv }, Token);
        await StandsAsync("uncollectible", "uncollectible", "SENT", "not_paid", "failed");
        await Host.Service.VoidAsync(new() { InvoiceId = Inv }, Token);
        await StandsAsync("void", "void", "DELETED", "voided", "voided");
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task AmountsAndTimes_AreWrittenAsEachSystemWritesThem()
    {
        await Host.Service.IssueAsync(new() { InvoiceId = Inv, Account = Ada, Total = Eur(1250), DueAt = DateTimeOffset.UnixEpoch.AddDays(20_000) }, Token);
        var invoice = await Host.InvoiceAsync();

        var totals = Vocabulary.All.Select(words => Part(words.Invoice(invoice), words == Vocabulary.Billingrails ? ["amounts", "total"] : ["total"]).GetRawText());
        Assert.Equal(["1250", "12.50", "12.50", "1250", "1250"], totals);
        var due = Vocabulary.All.Zip(["due_date", "due_date", "due_at", "due_date", "due_at"], (words, name) => Part(words.Invoice(invoice), name).ToString());
        Assert.Equal(["2024-10-04T00:00:00Z", "1728000000", "2024-10-04 00:00:00", "1728000000", "2024-10-04T00:00:00.000Z"], due);
    }

    [Fact]
    [Parity("CBE-03")]
    public async Task Chargebee_CapturesWhatWasBlocked_InItsOwnWords()
    {
        await Host.IssueAsync();
        var blocked = await Host.AuthorizeAsync(amount: Eur(1000));
        var request = new ForeignRequest("/api/v2/invoices/inv_1/collect_payment", $"authorization_transaction_id={blocked.Operation!.GatewayPaymentId}&amount=400&comment=first+part")
        {
            Key = "c1", Currency = Currency.EUR,
        };

        var captured = await Vocabulary.Chargebee.Read(request).SendAsync(Host.Service, Token);

        Assert.Equal((OperationKind.Capture, Eur(400)), (captured.Operation!.Kind, captured.Operation.Moved));
        Assert.Equal(400, Part(Vocabulary.Chargebee.Answer(captured), "transaction", "amount").GetInt64());
        Assert.Equal(Rejection.AuthorizationNotFound, RejectedAs(await Vocabulary.Chargebee.Read(request with { Key = "c2", Body = "authorization_transaction_id=nobody" }).SendAsync(Host.Service, Token)));
        Assert.IsType<ForeignCommand.Unreadable>(Vocabulary.Chargebee.Read(request with { Body = "authorization_transaction_id=au_1&payment_source_id=pm_1" }));
    }

    [Theory]
    [Parity("BRL-07")]
    [InlineData("order_id", PayableKind.Order)]
    [InlineData("credit_grant_id", PayableKind.CreditGrant)]
    [InlineData("invoice_id", PayableKind.Invoice)]
    public async Task Billingrails_PaysWhatItNames_WithAMethodOrByALink(string field, PayableKind kind)
    {
        await Host.Service.IssueAsync(new() { InvoiceId = Inv, Kind = kind, Account = Ada, Total = Eur(1250) }, Token);
        var request = new ForeignRequest("/v1/payments", $$"""{ "mode": "online", "account_id": "acc_ada", "reference_id": "r", "integration_id": "test", "{{field}}": "inv_1" }""") { Key = "k1" };

        var waits = Assert.IsType<PaymentResult.ActionRequired>(await Vocabulary.Billingrails.Read(request).SendAsync(Host.Service, Token));

        Assert.Equal(waits.Action.Destination!.AbsoluteUri, Part(Vocabulary.Billingrails.Answer(waits), "payment_link").GetString());
        var paid = await Host.HearAsync(waits.Operation!.Id, Host.Gateway.CompleteChallenge(waits.Operation.Reference));
        Assert.Equal("succeeded", Part(Vocabulary.Billingrails.Answer(paid), "payment", "status").GetString());
    }

    [Fact]
    [Parity("BRL-10")]
    public async Task Billingrails_PaysAnInstalment()
    {
        await Host.IssueAsync();
        await Host.Service.RequestPaymentAsync(new() { PaymentRequestId = new("preq_1"), InvoiceId = Inv, Amount = Eur(300) }, Token);
        var request = new ForeignRequest("/v1/payments", """{ "account_id": "acc_ada", "reference_id": "r", "payment_request_id": "preq_1" }""") { Key = "k1" };

        Assert.IsType<PaymentResult.Succeeded>(await Vocabulary.Billingrails.Read(request).SendAsync(Host.Service, Token));
        Assert.Equal(Eur(950), (await Host.InvoiceAsync()).Due);
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task ADispute_IsNoCharge_InAnybodysWords()
    {
        await Host.IssueAsync();
        var paid = await Host.PayAsync();
        var lost = await Host.Service.RecordDisputeAsync(
            new() { Gateway = Test, GatewayPaymentId = paid.Operation!.GatewayPaymentId!.Value, Notice = new GatewayNotice.DisputeLost(new("dp_1"), Eur(1250)) }, Token);

        Assert.Equal("dispute", Part(Vocabulary.Stax.Payment(lost.Payment!, lost.Operation!), "type").GetString());
        Assert.Equal("dispute", Part(Vocabulary.Billingrails.Payment(lost.Payment!, lost.Operation!), "object").GetString());
        Assert.Equal("payment_reversal", Part(Vocabulary.Chargebee.Payment(lost.Payment!, lost.Operation!), "type").GetString());
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task APayment_HasTheStatusOfEachSystem_InTheAnswerAndAlone()
    {
        await Host.IssueAsync();
        var waits = await Host.PayAsync("k1", Eur(100), ScriptedTokens.Challenge);
        var declined = await Host.PayAsync("k2", Eur(100), ScriptedTokens.Declined);
        var paid = await Host.PayAsync("k3", Eur(100));

        Assert.Equal(["requires_action", "ACT", "PENDING", "in_progress", "pending"], Statuses(waits));
        Assert.Equal(["requires_payment_method", "ERR", "FAILED", "failure", "failed"], Statuses(declined));
        Assert.Equal(["succeeded", "CLO", "SUCCESS", "success", "succeeded"], Statuses(paid));
        Assert.Equal("requires_action", Part(Vocabulary.Pelcro.Answer(waits), "payment_intent", "status").GetString());
        Assert.Equal("Your card was declined.", Part(Vocabulary.Pelcro.Answer(declined), "errors", "card_declined")[0].GetString());
        Assert.StartsWith("https://", Part(Vocabulary.Rapyd.Answer(waits), "data", "payment", "redirect_url").GetString(), StringComparison.Ordinal);
        Assert.Equal("ERROR", Part(Vocabulary.Rapyd.Answer(declined), "status", "status").GetString());
        Assert.Equal("PARTIALLY APPLIED", Part(Vocabulary.Stax.Answer(paid), "invoice", "status").GetString());
        Assert.Equal(100, Part(Vocabulary.Chargebee.Answer(paid), "transaction", "linked_invoices")[0].GetProperty("applied_amount").GetInt64());
        Assert.Equal("payment_processing_failed", Part(Vocabulary.Chargebee.Answer(declined), "api_error_code").GetString());
        Assert.StartsWith("https://", Part(Vocabulary.Billingrails.Answer(waits), "payment_link").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task ARequestOfEachSystem_PaysItsInvoice_AndTheSameRequestAgainPaysNothing()
    {
        await Host.SaveMethodAsync("7", isDefault: true);
        ForeignRequest[] requests =
        [
            new("/api/v1/sdk/invoices/1/pay", """{ "source_id": 7 }""") { Key = "p", Account = Ada },
            new("/v1/invoices/2/pay") { Key = "r" },
            new("/invoice/3/pay", """{ "idempotency_id": "s", "payment_method_id": "7", "total": 12.50 }""") { Currency = Currency.EUR },
            new("/api/v2/invoices/4/collect_payment", "amount=1250&payment_source_id=7&payment_initiator=merchant&comment=rang+twice") { Key = "c", Currency = Currency.EUR },
            new("/v1/payments", """{ "mode": "online", "account_id": "acc_ada", "reference_id": "PAY-REF-001", "invoice_id": "5", "payment_method_id": "7" }""") { Key = "b" },
        ];
        foreach (var (words, request, id) in Vocabulary.All.Zip(requests, ["1", "2", "3", "4", "5"]))
        {
            await Host.IssueAsync(id: id);
            var paid = await words.Read(request).SendAsync(Host.Service, Token);
            var again = await words.Read(request).SendAsync(Host.Service, Token);

            Assert.IsType<PaymentResult.Succeeded>(paid);
            Assert.True(again.IsReplay);
            Assert.Equal((id, InvoiceStatus.Paid), (paid.Invoice!.Id.Value, paid.Invoice.Status));
            Assert.All(Vocabulary.All, each => Assert.DoesNotContain("rang twice", each.Answer(paid), StringComparison.Ordinal));
        }

        Assert.Equal(5, Host.Gateway.Ledger.Entries.Count);
    }

    [Fact]
    public async Task AnOfflinePaymentOfStax_NamesItsMethodInThePath()
    {
        await Host.IssueAsync();
        var request = new ForeignRequest("/invoice/inv_1/pay/check", """{ "idempotency_id": "s", "total": 2.5 }""") { Currency = Currency.EUR };
        var paid = await Vocabulary.Stax.Read(request).SendAsync(Host.Service, Token);

        Assert.Equal((OfflineMethod.Check, Eur(250)), (paid.Payment!.OfflineMethod, paid.Payment.Captured));
        Assert.Equal("check", Part(Vocabulary.Stax.Answer(paid), "method").GetString());
    }

    [Fact]
    public async Task ARefusal_IsAnErrorOfEachSystem()
    {
        await Host.IssueAsync();
        await Host.PayAsync("k1");
        var refused = await Host.PayAsync("k2");
        var unknown = await Host.PayAsync("k3", id: "inv_9");

        Assert.Equal("The invoice is paid.", Part(Vocabulary.Pelcro.Answer(refused), "errors", "invoice_paid")[0].GetString()![..20]);
        Assert.Equal("ERROR_PAY_INVOICE", Part(Vocabulary.Rapyd.Answer(unknown), "status", "error_code").GetString());
        Assert.Equal("invoice_paid", Part(Vocabulary.Stax.Answer(refused), "error").GetString());
        Assert.Equal("invalid_state_for_request", Part(Vocabulary.Chargebee.Answer(refused), "api_error_code").GetString());
        Assert.Equal("not_found", Part(Vocabulary.Billingrails.Answer(unknown), "error", "code").GetString());
    }

    [Fact]
    [Parity("BEY-20")]
    public async Task WhatDunningGaveUp_IsNotPaidInChargebee()
    {
        var open = await Host.IssueAsync();
        var givenUp = open with { Dunning = open.Dunning with { State = DunningState.Exhausted } };

        Assert.Equal("not_paid", Part(Vocabulary.Chargebee.Invoice(givenUp), "status").GetString());
        Assert.Equal("exhausted", Part(Vocabulary.Chargebee.Invoice(givenUp), "dunning_status").GetString());
    }

    private static string[] Statuses(PaymentResult answer) =>
    [
        .. Vocabulary.All.Select(words =>
        {
            Assert.Equal(words.StatusOf(answer.Operation!), Part(words.Payment(answer.Payment!, answer.Operation!), "status").GetString());
            return words.StatusOf(answer.Operation!);
        }),
    ];

    private static JsonElement Part(string json, params string[] path)
    {
        using var document = JsonDocument.Parse(json);
        return path.Aggregate(document.RootElement, (at, name) => at.GetProperty(name)).Clone();
    }

    private async Task StandsAsync(params string[] words)
    {
        var invoice = await Host.InvoiceAsync();
        Assert.Equal(Systems.Zip(words), Vocabulary.All.Select(system => (system.Name, Part(system.Invoice(invoice), "status").GetString()!)));
    }
}
