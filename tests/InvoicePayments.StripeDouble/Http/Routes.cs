using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>Which address does what.</summary>
internal static class Routes
{
    internal static Func<World, JsonNode>? Find(string method, string path, Params given) => (method, path.TrimStart('/').Split('/')) switch
    {
        ("POST", ["v1", "payment_intents"]) => w => w.Expanded(w.CreateIntent(given), given, "latest_charge"),
        ("GET", ["v1", "payment_intents"]) => w => w.List("payment_intent", path, given, ("customer", given.Text("customer"))),
        ("GET", ["v1", "payment_intents", var id]) => w => w.Expanded(w.Get("payment_intent", id), given, "latest_charge"),
        ("POST", ["v1", "payment_intents", var id, "confirm"]) => w => w.Expanded(w.ConfirmIntent(id, given), given, "latest_charge"),
        ("POST", ["v1", "payment_intents", var id, "capture"]) => w => w.Expanded(w.CaptureIntent(id, given), given, "latest_charge"),
        ("POST", ["v1", "payment_intents", var id, "cancel"]) => w => w.Expanded(w.CancelIntent(id, given), given, "latest_charge"),
        ("POST", ["v1", "refunds"]) => w => w.CreateRefund(given).DeepClone(),
        ("GET", ["v1", "refunds"]) => w => w.List("refund", path, given, ("payment_intent", given.Text("payment_intent")), ("charge", given.Text("charge"))),
        ("GET", ["v1", "refunds", var id]) => w => w.Get("refund", id).DeepClone(),
        ("GET", ["v1", "charges"]) => w => w.List("charge", path, given, ("payment_intent", given.Text("payment_intent"))),
        ("GET", ["v1", "charges", var id]) => w => w.Get("charge", id).DeepClone(),
        ("POST", ["v1", "customers"]) => w => w.CreateCustomer(given).DeepClone(),
        ("GET", ["v1", "customers"]) => w => w.List("customer", path, given),
        ("GET", ["v1", "customers", var id]) => w => w.Get("customer", id).DeepClone(),
        ("POST", ["v1", "payment_methods"]) => w => w.CreateMethod(given).DeepClone(),
        ("GET", ["v1", "payment_methods", var id]) => w => w.Get("payment_method", id).DeepClone(),
        ("POST", ["v1", "payment_methods", var id, "attach"]) => w => w.AttachMethod(id, given).DeepClone(),
        ("POST", ["v1", "payment_methods", var id, "detach"]) => w => w.DetachMethod(id).DeepClone(),
        ("GET", ["v1", "events"]) => w => w.List("event", path, given),
        ("GET", ["v1", "events", var id]) => w => w.Get("event", id).DeepClone(),
        ("POST", ["v1", "checkout", "sessions"]) => w => w.CreateSession(given).DeepClone(),
        ("GET", ["v1", "checkout", "sessions"]) => w => w.List("checkout.session", path, given, ("payment_intent", given.Text("payment_intent"))),
        ("GET", ["v1", "checkout", "sessions", var id]) => w => w.Get("checkout.session", id).DeepClone(),
        ("POST", ["v1", "checkout", "sessions", var id, "expire"]) => w => w.ExpireSession(id).DeepClone(),
        ("POST", ["v1", "transfers"]) => w => w.CreateTransfer(given).DeepClone(),
        ("GET", ["v1", "transfers"]) => w => w.List("transfer", path, given, ("transfer_group", given.Text("transfer_group")), ("destination", given.Text("destination"))),
        ("GET", ["v1", "transfers", var id]) => w => w.Get("transfer", id).DeepClone(),
        ("POST", ["v1", "transfers", var id, "reversals"]) => w => w.ReverseTransfer(id, given).DeepClone(),
        ("GET", ["v1", "transfers", var id, "reversals"]) => w => w.List("transfer_reversal", path, given, ("transfer", id)),
        _ => null,
    };
}
