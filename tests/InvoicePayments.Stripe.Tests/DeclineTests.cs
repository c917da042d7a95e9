using System.Text.Json;
using System.Text.RegularExpressions;
using StripeDouble;

namespace InvoicePayments.Tests;

public sealed class DeclineTests
{
    /// <summary>The codes of Stripe's page about declines of cards.</summary>
    private static readonly string[] Documented =
    [
        "authentication_required", "authentication_not_handled", "approve_with_id", "call_issuer", "card_not_supported", "card_velocity_exceeded", "currency_not_supported", "do_not_honor",
        "do_not_try_again", "duplicate_transaction", "expired_card", "fraudulent", "generic_decline", "incorrect_address", "incorrect_cvc", "incorrect_number",
        "incorrect_pin", "incorrect_zip", "insufficient_funds", "invalid_account", "invalid_amount", "invalid_cvc", "invalid_expiry_month",
        "invalid_expiry_year", "invalid_number", "invalid_pin", "issuer_not_available", "lost_card", "merchant_blacklist",
        "mobile_device_authentication_required", "new_account_information_available", "no_action_taken", "not_permitted", "offline_pin_required",
        "online_or_offline_pin_required", "pickup_card", "pin_try_exceeded", "processing_error", "reenter_transaction", "restricted_card",
        "revocation_of_all_authorizations", "revocation_of_authorization", "security_violation", "service_not_allowed", "stolen_card", "stop_payment_order",
        "testmode_decline", "transaction_not_allowed", "try_again_later", "withdrawal_count_limit_exceeded",
    ];

    /// <summary>The codes of the same page about local payment methods, and the reasons that Stripe gives there for the same declines.</summary>
    private static readonly string[] OfLocalMethods =
    [
        "partner_generic_decline", "invalid_customer_account", "payment_limit_exceeded", "invalid_billing_agreement", "partner_expired_card",
        "partner_processing_error", "partner_insufficient_funds", "partner_invalid_currency", "partner_invalid_amount", "invalid_business_account",
        "partner_high_risk_customer", "compliance_violation", "payment_disputed", "invalid_authorization", "invalid_payment_information",
        "partner_payment_not_found", "expired_payment_information", "partner_duplicate_transaction", "recurring_not_supported_by_bank",
        "partner_action_not_supported", "lost_or_stolen_card", "card_already_activated", "invalid_track_data",
    ];

    public static TheoryData<string> Codes { get; } = [.. Documented, .. OfLocalMethods];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task EveryDocumentedCode_HasItsKindAndAdvice_AndIsPassedOnAsItCame(string code)
    {
        await using var host = await StripeHost.OpenAsync();

        var why = (await host.MustAsync<GatewayOutcome.Declined>(StripeHost.Charge($"pm_decline_{code}"))).Why;

        Assert.True(StripeDeclines.Known.ContainsKey(code));
        Assert.Equal((code, "Your card was declined."), (why.RawCode, why.Message));
        Assert.Equal(StripeDeclines.Known[code], (why.Kind, why.Advice));
    }

    [Fact]
    public void EveryReasonInThePublishedDescriptionAndFixtures_HasItsKindAndAdvice()
    {
        using var description = JsonDocument.Parse(string.Concat(ReferenceData.LinesOrSkip("stripe/spec3.payments-pruned.derived.json")));
        var about = description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("charge_outcome").GetProperty("properties").GetProperty("reason").GetProperty("description").GetString()!;
        var reasons = Regex.Matches(about, "value `([a-z_]+)`").Select(m => m.Groups[1].Value).Distinct().ToList();
        using var fixtures = JsonDocument.Parse(File.ReadAllText(Directory.EnumerateFiles(Doubles.DataFolder!, "fixtures3*.json").Single()));
        foreach (var name in new[] { "charge", "payment_intent" })
            reasons.AddRange(CodesIn(fixtures.RootElement.GetProperty("resources").GetProperty(name)));

        Assert.Equal(["elevated_risk_level", "highest_risk_level", "rule"], reasons.Order());
        Assert.All(reasons, reason => Assert.True(StripeDeclines.Known.ContainsKey(reason), reason));
    }

    [Theory]
    [InlineData("insufficient_funds", DeclineKind.InsufficientFunds, RetryAdvice.Later)]
    [InlineData("stolen_card", DeclineKind.LostOrStolen, RetryAdvice.Never)]
    [InlineData("expired_card", DeclineKind.CardExpired, RetryAdvice.OtherMethod)]
    [InlineData("authentication_required", DeclineKind.AuthenticationRequired, RetryAdvice.AfterAuthentication)]
    [InlineData("issuer_not_available", DeclineKind.IssuerUnavailable, RetryAdvice.Later)]
    [InlineData("a_code_of_tomorrow", DeclineKind.Other, RetryAdvice.OtherMethod)]
    [InlineData("do_not_honor_advised_do_not_try_again", DeclineKind.Other, RetryAdvice.Never)]
    [InlineData("generic_decline_advised_try_again_later", DeclineKind.Other, RetryAdvice.Later)]
    [InlineData("insufficient_funds_advised_confirm_card_data", DeclineKind.InsufficientFunds, RetryAdvice.OtherMethod)]
    public async Task WhatACodeMeans_AndWhatIsAdvisedOfThisOneDeclineGoesBefore(string code, DeclineKind kind, RetryAdvice advice)
    {
        await using var host = await StripeHost.OpenAsync();

        var why = (await host.MustAsync<GatewayOutcome.Declined>(StripeHost.Charge($"pm_decline_{code}"))).Why;

        Assert.Equal((kind, advice), (why.Kind, why.Advice));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ADeclinedPayment_IsCalledOff_SoThatNobodyCanPayItAnyMore(bool forgets)
    {
        await using var host = await StripeHost.OpenAsync();
        host.World.ForgetsErrors = forgets;
        var command = StripeHost.Charge("pm_card_chargeDeclinedInsufficientFunds");

        var first = await host.MustAsync<GatewayOutcome.Declined>(command);
        var again = await host.MustAsync<GatewayOutcome.Declined>(command);
        var found = Assert.IsType<GatewayOutcome.Declined>(Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command)).Outcome);

        Assert.Equal("canceled", Assert.Single(host.World.All("payment_intent"))["status"]!.GetValue<string>());
        Assert.Equal(("insufficient_funds", first.Why, first.Why), (first.Why.RawCode, again.Why, found.Why));
    }

    [Fact]
    public async Task ADeclineThatCouldNotBeCalledOffYet_IsNoAnswerYet()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge("pm_card_chargeDeclined");
        host.Server.Next(new Fault { FailBefore = 500 }.On("POST", "/cancel"));

        Assert.Equal("not_called_off", (await host.MustAsync<GatewayOutcome.Unknown>(command)).Why.Code);
        Assert.IsType<GatewayOutcome.Declined>(Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command)).Outcome);
        Assert.Equal("canceled", Assert.Single(host.World.All("payment_intent"))["status"]!.GetValue<string>());
    }

    private static IEnumerable<string> CodesIn(JsonElement of) => of.ValueKind switch
    {
        JsonValueKind.Object => of.EnumerateObject().SelectMany(field => field is { Name: "decline_code" or "failure_code", Value.ValueKind: JsonValueKind.String } ? [field.Value.GetString()!] : CodesIn(field.Value)),
        JsonValueKind.Array => of.EnumerateArray().SelectMany(CodesIn),
        _ => [],
    };
}
