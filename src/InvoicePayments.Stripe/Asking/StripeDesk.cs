using System.Text.Json.Serialization.Metadata;

namespace InvoicePayments;

/// <summary>Stripe's calls by their names, without any opinion about what an answer means.</summary>
/// <param name="client">Asks Stripe.</param>
/// <param name="time">Our clock, beside Stripe's.</param>
/// <param name="quiet">Asks what has a payment method's id in its address, which must stand in no log and no span; the same one when left out.</param>
internal sealed class StripeDesk(StripeClient client, TimeProvider time, StripeClient? quiet = null)
{
    internal const int PageSize = 100;

    internal Task<StripeReply> CreateIntentAsync(StripeForm form, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/payment_intents", form, key.Value, cancellationToken);

    internal Task<StripeReply> CreateMethodAsync(string token, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/payment_methods", new StripeForm().Add("type", "card").Add("card[token]", token), $"{key}-method", cancellationToken);

    internal Task<StripeReply> AttachAsync(string method, string customer, GatewayReference key, CancellationToken cancellationToken) =>
        (quiet ?? client).PostAsync($"v1/payment_methods/{Safe(method)}/attach", new StripeForm().Add("customer", customer), key.Value, cancellationToken);

    internal Task<StripeReply> DetachAsync(string method, CancellationToken cancellationToken) =>
        (quiet ?? client).PostAsync($"v1/payment_methods/{Safe(method)}/detach", new(), key: null, cancellationToken);

    internal Task<StripeReply> GetMethodAsync(string method, CancellationToken cancellationToken) =>
        (quiet ?? client).GetAsync($"v1/payment_methods/{Safe(method)}", query: null, cancellationToken);

    internal Task<StripeReply> CreateCustomerAsync(StripeForm form, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/customers", form, key.Value, cancellationToken);

    internal Task<StripeReply> CreateSessionAsync(StripeForm form, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/checkout/sessions", form, key.Value, cancellationToken);

    internal Task<StripeReply> CaptureAsync(GatewayPaymentId intent, StripeForm form, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync($"v1/payment_intents/{Safe(intent.Value)}/capture", form, key.Value, cancellationToken);

    /// <summary>Calls an intent off. Without a key of ours, but for a void: it changes nothing when it is asked again, and a stored answer would be of no use.</summary>
    internal Task<StripeReply> CancelAsync(string intent, GatewayReference? key, CancellationToken cancellationToken) =>
        client.PostAsync(
            $"v1/payment_intents/{Safe(intent)}/cancel",
            new StripeForm().Add("cancellation_reason", key is null ? "abandoned" : "requested_by_customer").Add("expand[]", "latest_charge"), key?.Value, cancellationToken);

    internal Task<StripeReply> ExpireAsync(string session, CancellationToken cancellationToken) =>
        client.PostAsync($"v1/checkout/sessions/{Safe(session)}/expire", new(), key: null, cancellationToken);

    internal Task<StripeReply> CreateRefundAsync(StripeForm form, GatewayReference key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/refunds", form, key.Value, cancellationToken);

    internal Task<StripeReply> CreateTransferAsync(StripeForm form, string key, CancellationToken cancellationToken) =>
        client.PostAsync("v1/transfers", form, key, cancellationToken);

    internal Task<StripeReply> ReverseTransferAsync(string transfer, StripeForm form, string key, CancellationToken cancellationToken) =>
        client.PostAsync($"v1/transfers/{Safe(transfer)}/reversals", form, key, cancellationToken);

    internal Task<StripeReply> GetIntentAsync(string intent, CancellationToken cancellationToken) =>
        client.GetAsync($"v1/payment_intents/{Safe(intent)}", new StripeForm().Add("expand[]", "latest_charge"), cancellationToken);

    internal Task<StripeReply> GetChargeAsync(string charge, CancellationToken cancellationToken) =>
        client.GetAsync($"v1/charges/{Safe(charge)}", query: null, cancellationToken);

    internal Task<StripeReply> GetRefundAsync(string refund, CancellationToken cancellationToken) =>
        client.GetAsync($"v1/refunds/{Safe(refund)}", query: null, cancellationToken);

    internal Task<StripeReply> GetSessionAsync(string session, CancellationToken cancellationToken) =>
        client.GetAsync($"v1/checkout/sessions/{Safe(session)}", query: null, cancellationToken);

    internal Lookup<StripeIntent> IntentsAsync(DateTimeOffset from, DateTimeOffset until, int pages, CancellationToken cancellationToken) => ListAsync(
        "v1/payment_intents", StripeJson.Default.StripeListStripeIntent, i => i.Id, pages,
        form => form.Add("created[gte]", from).Add("created[lte]", until).Add("expand[]", "data.latest_charge"), cancellationToken);

    // Sessions cannot be asked for by the time at which they were made: the newest come first, and whoever reads stops where they are too old.
    internal Lookup<StripeSession> SessionsAsync(int pages, CancellationToken cancellationToken) =>
        ListAsync("v1/checkout/sessions", StripeJson.Default.StripeListStripeSession, s => s.Id, pages, form => form, cancellationToken);

    internal Lookup<StripeRefund> RefundsAsync(string intent, int pages, CancellationToken cancellationToken) => ListAsync(
        "v1/refunds", StripeJson.Default.StripeListStripeRefund, r => r.Id, pages, form => form.Add("payment_intent", intent), cancellationToken);

    internal Lookup<StripeTransfer> TransfersAsync(string group, int pages, CancellationToken cancellationToken) => ListAsync(
        "v1/transfers", StripeJson.Default.StripeListStripeTransfer, t => t.Id, pages, form => form.Add("transfer_group", group), cancellationToken);

    internal Lookup<StripeTransfer> ReversalsAsync(string transfer, int pages, CancellationToken cancellationToken) => ListAsync(
        $"v1/transfers/{Safe(transfer)}/reversals", StripeJson.Default.StripeListStripeTransfer, t => t.Id, pages, form => form, cancellationToken);

    private Lookup<T> ListAsync<T>(
        string path, JsonTypeInfo<StripeList<T>> type, Func<T, string> idOf, int pages, Func<StripeForm, StripeForm> ask, CancellationToken cancellationToken)
        where T : class =>
        new(
            async after =>
            {
                var reply = await client.GetAsync(path, ask(new StripeForm().Add("limit", PageSize)).Add("starting_after", after), cancellationToken).ConfigureAwait(false);
                return (reply, reply.IsOk ? reply.Read(type) : null);
            },
            idOf, pages, time.GetUtcNow);

    // An id goes into the path: what is no id of Stripe's must not lead elsewhere.
    private static string Safe(string id) => Uri.EscapeDataString(id);
}
