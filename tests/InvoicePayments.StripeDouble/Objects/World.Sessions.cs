using System.Text.Json.Nodes;

namespace StripeDouble;

/// <content>Checkout sessions: a page on which the payer chooses a card.</content>
public sealed partial class World
{
    private readonly Dictionary<string, Params> _sessions = [];

    internal JsonObject CreateSession(Params given)
    {
        var item = given["line_items"]?.Children.Values.FirstOrDefault()?["price_data"];
        if (item?.Number("unit_amount") is not { } amount) throw Fail("parameter_missing", "The double takes one line item with a price of its own.", "line_items");
        if (given.Text("success_url") is null) throw Fail("parameter_missing", "Missing required param: success_url.", "success_url");
        var session = New("checkout.session", "cs_test", given);
        session["amount_total"] = amount;
        session["amount_subtotal"] = amount;
        session["currency"] = item.Text("currency");
        session["client_reference_id"] = given.Text("client_reference_id");
        session["expires_at"] = Now + (long)TimeSpan.FromHours(24).TotalSeconds;
        session["mode"] = "payment";
        session["payment_intent"] = null;
        session["payment_status"] = "unpaid";
        session["status"] = "open";
        foreach (var field in new[] { "success_url", "cancel_url" }) session[field] = given.Text(field);
        session["url"] = new Uri(Pages, $"_double/pay/{Text(session, "id")}").AbsoluteUri;
        _sessions[Text(session, "id")!] = given;
        return session;
    }

    internal JsonObject ExpireSession(string id)
    {
        var session = Get("checkout.session", id);
        if (Text(session, "status") != "open") throw Fail(null, "Only Checkout Sessions with a status in [\"open\"] can be expired.");
        session["status"] = "expired";
        session["url"] = null;
        Emit("checkout.session.expired", session);
        return session;
    }

    /// <summary>The payer pays on the page of a session. A card that is declined leaves the page open.</summary>
    public void PaySession(string id, string method = "pm_card_visa") => Do(world =>
    {
        var session = world.Get("checkout.session", id);
        if (Text(session, "status") != "open") throw Fail(null, "This page is closed.");
        world.CheckMethod(method, null);
        var intent = Text(session, "payment_intent") is { } known ? world.Get("payment_intent", known) : world.IntentOf(session);
        session["payment_intent"] = Text(intent, "id");
        intent["payment_method"] = method;
        var card = world._cards[method];
        world.Settle(intent, card, isAnswered: false);
        if (card.Code is not null) return session;
        session["status"] = "complete";
        session["url"] = null;
        session["payment_status"] = card.IsSlow ? "unpaid" : "paid";
        world.Emit("checkout.session.completed", session);
        return session;
    });

    private JsonObject IntentOf(JsonObject session)
    {
        var given = _sessions[Text(session, "id")!]["payment_intent_data"];
        var intent = New("payment_intent", "pi", given);
        foreach (var empty in new[] { "last_payment_error", "next_action", "processing", "shipping", "transfer_data", "canceled_at", "cancellation_reason", "latest_charge", "customer", "payment_method" }) intent[empty] = null;
        intent["client_secret"] = $"{Text(intent, "id")}_secret_{Guid.NewGuid():N}";
        intent["amount"] = Number(session, "amount_total");
        intent["currency"] = Text(session, "currency");
        intent["amount_received"] = 0;
        intent["amount_capturable"] = 0;
        intent["capture_method"] = "automatic";
        intent["confirmation_method"] = "automatic";
        intent["status"] = "requires_payment_method";
        foreach (var field in new[] { "description", "statement_descriptor_suffix", "transfer_group" }) intent[field] = given?.Text(field);
        Emit("payment_intent.created", intent);
        return intent;
    }
}
