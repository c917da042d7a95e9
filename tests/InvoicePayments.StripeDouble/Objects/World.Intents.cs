using System.Globalization;
using System.Text.Json.Nodes;

namespace StripeDouble;

/// <content>Payment intents.</content>
public sealed partial class World
{
    internal JsonObject CreateIntent(Params given)
    {
        var amount = given.Number("amount")!.Value;
        if (amount < 1) throw Fail("parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        if (amount > 99_999_999_999) throw Fail("amount_too_large", "Amount must be no more than 999,999.99", "amount");
        var customer = given.Text("customer");
        if (customer is not null) Get("customer", customer);
        if (given.Text("payment_method") is { } method) CheckMethod(method, customer);
        if (given.Is("confirm") && given["automatic_payment_methods"]?.Text("allow_redirects") != "never" && given["automatic_payment_methods"]?.Is("enabled") != false && given["payment_method_types"] is null && given.Text("return_url") is null)
            throw Fail(null, "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.");

        var intent = New("payment_intent", "pi", given);
        foreach (var empty in new[] { "last_payment_error", "next_action", "processing", "shipping", "transfer_data", "canceled_at", "cancellation_reason", "latest_charge" }) intent[empty] = null;
        intent["client_secret"] = $"{Text(intent, "id")}_secret_{Guid.NewGuid():N}";
        intent["amount"] = amount;
        intent["amount_received"] = 0;
        intent["amount_capturable"] = 0;
        intent["currency"] = given.Text("currency");
        intent["capture_method"] = given.Text("capture_method") ?? "automatic";
        intent["confirmation_method"] = given.Text("confirmation_method") ?? "automatic";
        foreach (var field in new[] { "customer", "description", "statement_descriptor_suffix", "transfer_group", "payment_method", "setup_future_usage" }) intent[field] = given.Text(field);
        intent["payment_method_types"] = new JsonArray("card");
        intent["livemode"] = false;
        intent["status"] = given.Text("payment_method") is null ? "requires_payment_method" : "requires_confirmation";
        Emit("payment_intent.created", intent);
        return given.Is("confirm") ? Confirm(intent, given) : intent;
    }

    internal JsonObject ConfirmIntent(string id, Params given)
    {
        var intent = Get("payment_intent", id);
        if (Text(intent, "status") is not ("requires_payment_method" or "requires_confirmation" or "requires_action")) throw Unexpected(intent, "confirm");
        if (given.Text("payment_method") is { } method)
        {
            CheckMethod(method, Text(intent, "customer"));
            intent["payment_method"] = method;
        }

        return Confirm(intent, given);
    }

    internal JsonObject CaptureIntent(string id, Params given)
    {
        var intent = Get("payment_intent", id);
        if (Text(intent, "status") != "requires_capture") throw Unexpected(intent, "capture");
        var capturable = Number(intent, "amount_capturable");
        var amount = given.Number("amount_to_capture") ?? capturable;
        if (amount > capturable) throw Fail("amount_too_large", "The amount to capture is more than what is authorized.", "amount_to_capture");
        Merge(intent, given);
        intent["amount_capturable"] = 0;
        intent["amount_received"] = amount;
        intent["status"] = "succeeded";
        var charge = ChargeOf(intent)!;
        charge["captured"] = true;
        charge["amount_captured"] = amount;
        Move("capture", Text(charge, "id")!, id, Text(intent, "currency")!, amount, MetadataOf(given));
        if (amount < capturable) LetGo(intent, capturable - amount);
        Emit("charge.captured", charge);
        Emit("payment_intent.succeeded", intent);
        return intent;
    }

    internal JsonObject CancelIntent(string id, Params given)
    {
        var intent = Get("payment_intent", id);
        if (Text(intent, "status") is "succeeded" or "canceled" or "processing") throw Unexpected(intent, "cancel");
        return EndIntent(intent, given.Text("cancellation_reason"));
    }

    /// <summary>The time of an authorization is over.</summary>
    public void ExpireAuthorization(string id) => Do(world => world.EndIntent(world.Get("payment_intent", id), "automatic"));

    /// <summary>The payer passes a challenge, or fails it.</summary>
    public void FinishChallenge(string id, bool passes) => Do(world =>
    {
        var intent = world.Get("payment_intent", id);
        if (Text(intent, "status") != "requires_action") throw Unexpected(intent, "authenticate");
        intent["next_action"] = null;
        if (passes) return world.Settle(intent, world._cards[Text(intent, "payment_method")!], isAnswered: false);
        return world.Decline(intent, new("payment_intent_authentication_failure", null, "The provided PaymentMethod has failed authentication."), isAnswered: false);
    });

    /// <summary>A slow bank answers.</summary>
    public void FinishProcessing(string id, bool succeeds) => Do(world =>
    {
        var intent = world.Get("payment_intent", id);
        return succeeds ? world.Settle(intent, new(), isAnswered: false) : world.Decline(intent, new("card_declined", "generic_decline"), isAnswered: false);
    });

    private JsonObject EndIntent(JsonObject intent, string? reason)
    {
        var wasBlocked = Text(intent, "status") == "requires_capture";
        intent["status"] = "canceled";
        intent["canceled_at"] = Now;
        intent["cancellation_reason"] = reason;
        intent["amount_capturable"] = 0;
        intent["next_action"] = null;
        if (ForgetsErrors) intent["last_payment_error"] = null;
        if (wasBlocked && reason == "automatic") Emit("charge.expired", ChargeOf(intent)!);
        else if (wasBlocked) LetGo(intent, Number(intent, "amount"));
        Emit("payment_intent.canceled", intent);
        return intent;
    }

    // As published: what is blocked and not taken is refunded by itself. It changes no balance.
    private void LetGo(JsonObject intent, long amount)
    {
        var refund = New("refund", "re");
        refund["amount"] = amount;
        refund["balance_transaction"] = null;
        foreach (var (field, from) in new[] { ("currency", "currency"), ("payment_intent", "id"), ("charge", "latest_charge") }) refund[field] = Text(intent, from);
        refund["status"] = "succeeded";
        Emit("charge.refunded", ChargeOf(intent)!);
        Emit("refund.created", refund);
    }

    private JsonObject Confirm(JsonObject intent, Params given)
    {
        if (Text(intent, "payment_method") is not { } method) throw Fail("payment_intent_unexpected_state", "You cannot confirm this PaymentIntent because it's missing a payment method.", null, intent);
        var card = _cards[method];
        if (card.Challenges && given.Is("off_session"))
            return Decline(intent, new("authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication."), isAnswered: true);
        if (!card.Challenges) return Settle(intent, card, isAnswered: true);
        intent["status"] = "requires_action";
        intent["next_action"] = given.Text("return_url") is { } back
            ? new JsonObject { ["type"] = "redirect_to_url", ["redirect_to_url"] = new JsonObject { ["url"] = new Uri(Pages, $"_double/challenge/{Text(intent, "id")}").AbsoluteUri, ["return_url"] = back } }
            : new JsonObject { ["type"] = "use_stripe_sdk", ["use_stripe_sdk"] = new JsonObject { ["type"] = "three_d_secure_redirect" } };
        Emit("payment_intent.requires_action", intent);
        return intent;
    }

    private JsonObject Settle(JsonObject intent, Card card, bool isAnswered)
    {
        if (card.Code is not null) return Decline(intent, card, isAnswered);
        intent["last_payment_error"] = null;
        if (card.IsSlow)
        {
            intent["status"] = "processing";
            Emit("payment_intent.processing", intent);
            return intent;
        }

        if (Text(intent, "setup_future_usage") is not null && Text(intent, "customer") is { } keeper && _byId.TryGetValue(Text(intent, "payment_method")!, out var kept) && Text(kept, "customer") is null)
        {
            kept["customer"] = keeper;
            Emit("payment_method.attached", kept);
        }

        var isManual = Text(intent, "capture_method") == "manual";
        var amount = Number(intent, "amount");
        var charge = NewCharge(intent, card, "succeeded");
        charge["captured"] = !isManual;
        charge["amount_captured"] = isManual ? 0 : amount;
        intent["latest_charge"] = Text(charge, "id");
        intent["status"] = isManual ? "requires_capture" : "succeeded";
        intent["amount_capturable"] = isManual ? amount : 0;
        intent["amount_received"] = isManual ? 0 : amount;
        if (!isManual) Move("charge", Text(charge, "id")!, Text(intent, "id")!, Text(intent, "currency")!, amount, intent["metadata"]);
        Emit("charge.succeeded", charge);
        Emit(isManual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded", intent);
        if (card.DisputeReason is { } reason && !isManual) OpenDispute(charge, reason, amount);
        return intent;
    }

    private JsonObject Decline(JsonObject intent, Card card, bool isAnswered)
    {
        var charge = NewCharge(intent, card, "failed");
        charge["failure_code"] = card.Code;
        charge["failure_message"] = card.Message;
        charge["outcome"]!["reason"] = card.DeclineCode;
        charge["outcome"]!["advice_code"] = card.Advice;
        var error = new JsonObject { ["type"] = "card_error", ["code"] = card.Code, ["decline_code"] = card.DeclineCode, ["message"] = card.Message, ["charge"] = Text(charge, "id") };
        if (card.Advice is not null) error["advice_code"] = card.Advice;
        intent["latest_charge"] = Text(charge, "id");
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = error.DeepClone();
        Emit("charge.failed", charge);
        Emit("payment_intent.payment_failed", intent);
        if (!isAnswered) return intent;
        error["payment_intent"] = intent.DeepClone();
        throw new AnswerException(new(402, System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["error"] = error }.ToJsonString())));
    }

    private JsonObject NewCharge(JsonObject intent, Card card, string status)
    {
        var charge = New("charge", "ch");
        foreach (var field in new[] { "amount", "currency", "metadata", "customer", "description", "payment_method", "transfer_group" }) charge[field] = intent[field]?.DeepClone();
        foreach (var none in new[] { "failure_code", "failure_message", "shipping", "transfer_data" }) charge[none] = null;
        charge["payment_intent"] = Text(intent, "id");
        charge["status"] = status;
        charge["paid"] = status == "succeeded";
        charge["amount_refunded"] = 0;
        charge["refunded"] = false;
        charge["disputed"] = false;
        charge["outcome"] = new JsonObject { ["type"] = status == "succeeded" ? "authorized" : "issuer_declined", ["risk_level"] = card.Risk, ["reason"] = null, ["network_status"] = status == "succeeded" ? "approved_by_network" : "declined_by_network" };
        charge["payment_method_details"] = new JsonObject
        {
            ["type"] = "card",
            ["card"] = new JsonObject { ["brand"] = "visa", ["capture_before"] = Text(intent, "capture_method") == "manual" ? Now + (long)TimeSpan.FromDays(7).TotalSeconds : null },
        };
        return charge;
    }

    private JsonObject? ChargeOf(JsonObject intent) => Text(intent, "latest_charge") is { } id ? Get("charge", id) : null;

    private static AnswerException Unexpected(JsonObject intent, string what) => Fail(
        "payment_intent_unexpected_state", string.Create(CultureInfo.InvariantCulture, $"You cannot {what} this PaymentIntent because it has a status of {Text(intent, "status")}."), null, intent);
}
