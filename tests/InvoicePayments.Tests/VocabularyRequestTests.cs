namespace InvoicePayments.Tests;

public sealed class VocabularyRequestTests
{
    private const string Secret = "tok_nobody_may_see";

    public static TheoryData<string, string, string> Unreadable => new()
    {
        { "Pelcro", "/invoices/101/pay", "{ \"gateway_token\": \"tok_nobody_may_see\"" },
        { "Pelcro", "/invoices/101/pay", "{ \"gateway_token\": \"tok_nobody_may_see\", \"coupon\": 1 }" },
        { "Pelcro", "/invoices/101/pay", "{ \"gateway_token\": \"tok_nobody_may_see\", \"gateway_token\": \"tok_nobody_may_see\" }" },
        { "Pelcro", "/invoices/101", "" },
        { "Pelcro", "/invoices/101/pay", "[]" },
        { "Pelcro", "/invoices/101/pay", "{ \"gateway_token\": \"4111111111111111\" }" },
        { "Rapyd", "/v1/payments/1/pay", "" },
        { "Rapyd", "/v1/invoices/1/pay", "{ \"amount\": 5 }" },
        { "Stax", "/invoice/1/pay", "{ \"idempotency_id\": \"s\", \"total\": 5 }" },
        { "Stax", "/invoice/1/pay/shells", "{ \"idempotency_id\": \"s\" }" },
        { "Chargebee", "/invoices/1/collect_payment", "amount=5" },
        { "Chargebee", "/invoices/1/collect_payment", "amount=5.5" },
        { "Chargebee", "/invoices/1/collect_payment", "comment=a&comment=b" },
        { "Chargebee", "/invoices/1/collect_payment", "payment_initiator=nobody" },
        { "Billingrails", "/payments", "{ \"mode\": \"half\" }" },
        { "Billingrails", "/payments", "{ \"succeeded_at\": \"yesterday\" }" },
        { "Billingrails", "/payment", "{}" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task WhatCannotBeRead_IsRefused_AndItsTokenIsNotRepeated(string system, string path, string body)
    {
        var read = Vocabulary.All.Single(words => words.Name == system).Read(new(path, body));
        var problem = Assert.IsType<ForeignCommand.Unreadable>(read).Problem;
        var answer = Assert.IsType<PaymentResult.Rejected>(await read.SendAsync(null!, TestContext.Current.CancellationToken));

        Assert.NotEmpty(problem);
        Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("4111111111111111", problem, StringComparison.Ordinal);
        Assert.Equal((Rejection.TextInvalid, problem), (answer.Why, answer.Detail));
    }

    [Fact]
    public void TheSiteOfPelcro_IsTheTenant_UnlessTheHostNamesOne()
    {
        var request = new ForeignRequest("https://www.pelcro.com/api/v1/sdk/invoices/101/pay?site_id=1232", """{ "payment_gateway": "stripe", "gateway_token": "pm_card_visa" }""");
        var command = Assert.IsType<ForeignCommand.Pay>(Vocabulary.Pelcro.Read(request)).Command;
        var named = Assert.IsType<ForeignCommand.Pay>(Vocabulary.Pelcro.Read(request with { Tenant = new("shop") })).Command;

        Assert.Equal(("1232", "101", "stripe", "pm_card_visa"), (command.Tenant.Value, $"{command.InvoiceId}", command.Gateway!.Value.Value, command.Token!.Value.Reveal()));
        Assert.Equal("shop", named.Tenant.Value);
    }

    [Fact]
    public void AnAmountOfStax_IsExact_AndNeverRounded()
    {
        var request = new ForeignRequest("/invoice/1/pay", """{ "idempotency_id": "s", "total": 0.305 }""") { Currency = Currency.FromCode("BHD") };

        Assert.Equal(305, Assert.IsType<ForeignCommand.Pay>(Vocabulary.Stax.Read(request)).Command.Amount!.Value.MinorUnits);
        Assert.IsType<ForeignCommand.Unreadable>(Vocabulary.Stax.Read(request with { Currency = Currency.EUR }));
    }
}
