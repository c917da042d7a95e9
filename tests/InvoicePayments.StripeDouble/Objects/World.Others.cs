using System.Text.Json.Nodes;

namespace StripeDouble;

/// <content>Customers, payment methods, refunds, disputes, transfers.</content>
public sealed partial class World
{
    internal JsonObject CreateCustomer(Params given)
    {
        if (given.Text("payment_method") is { } method)
        {
            CheckMethod(method, null);
            if (_cards[method] is { Code: not null, Challenges: false } bad) throw new AnswerException(Answer.Error(402, "card_error", bad.Code, bad.Message, null, e => e["decline_code"] = bad.DeclineCode));
        }

        var customer = New("customer", "cus", given);
        if (given.Text("payment_method") is { } owned && _byId.TryGetValue(owned, out var attached)) attached["customer"] = Text(customer, "id");
        foreach (var field in new[] { "email", "name", "description" }) customer[field] = given.Text(field);
        foreach (var none in new[] { "discount", "shipping", "address" }) customer[none] = null;
        Emit("customer.created", customer);
        return customer;
    }

    internal JsonObject CreateMethod(Params given)
    {
        var token = given["card"]?.Text("token");
        if (token is null) throw Fail("parameter_missing", "The double takes tokens only.", "card[token]");
        if (Card.Of(token) is not { } card) throw Fail("resource_missing", $"No such token: '{token}'", "card[token]");
        var method = New("payment_method", "pm", given);
        method["customer"] = null;
        _cards[Text(method, "id")!] = card;
        return method;
    }

    internal JsonObject AttachMethod(string id, Params given)
    {
        CheckMethod(id, null);
        Get("customer", given.Text("customer")!);

        // A test card is the same for everybody: what is attached is one of its own.
        var card = _cards[id];
        var method = _byId.TryGetValue(id, out var known) ? known : New("payment_method", "pm");
        _cards[Text(method, "id")!] = card;
        method["customer"] = given.Text("customer");
        Emit("payment_method.attached", method);
        return method;
    }

    internal JsonObject DetachMethod(string id)
    {
        var method = Get("payment_method", id);
        if (Text(method, "customer") is null) throw Fail(null, "The payment method you provided is not attached to a customer so detachment is impossible.");
        method["customer"] = null;

        // What was on file once cannot be paid with any more.
        _cards.Remove(id);
        Emit("payment_method.detached", method);
        return method;
    }

    internal JsonObject CreateRefund(Params given)
    {
        var intent = given.Text("payment_intent") is { } id ? Get("payment_intent", id) : Get("payment_intent", Text(Get("charge", given.Text("charge")!), "payment_intent")!);
        if (ChargeOf(intent) is not { } charge || Text(charge, "status") != "succeeded" || charge["captured"]?.GetValue<bool>() != true)
            throw Fail("charge_not_captured", "This PaymentIntent does not have a successful charge to refund.");
        if (charge["disputed"]?.GetValue<bool>() == true) throw Fail("charge_disputed", "This charge has been charged back.");
        var left = Number(charge, "amount_captured") - Number(charge, "amount_refunded");
        if (left == 0) throw Fail("charge_already_refunded", "Charge has already been refunded.");
        var amount = given.Number("amount") ?? left;
        if (amount > left) throw Fail(null, $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", "amount");
        if (amount < 1) throw Fail("parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");

        var refund = New("refund", "re", given);
        refund["amount"] = amount;
        refund["currency"] = Text(intent, "currency");
        refund["charge"] = Text(charge, "id");
        refund["payment_intent"] = Text(intent, "id");
        refund["reason"] = given.Text("reason");
        refund["status"] = "succeeded";
        refund["balance_transaction"] = $"txn_{Text(refund, "id")}";
        charge["amount_refunded"] = Number(charge, "amount_refunded") + amount;
        charge["refunded"] = amount == left;
        Move("refund", Text(refund, "id")!, Text(intent, "id")!, Text(intent, "currency")!, amount, refund["metadata"]);
        Emit("charge.refunded", charge);
        Emit("refund.created", refund);
        if (Text(intent, "payment_method") is not { } method || !_cards[method].FailsRefunds) return refund;

        // Given, so it seems; and then the bank does not take it.
        var answered = (JsonObject)refund.DeepClone();
        refund["status"] = "failed";
        refund["failure_reason"] = "expired_or_canceled_card";
        Move("refund", Text(refund, "id")!, Text(intent, "id")!, Text(intent, "currency")!, -amount, refund["metadata"]);
        Emit("charge.refund.updated", refund);
        return answered;
    }

    /// <summary>Somebody gives money back at Stripe's own site, where nobody knows our references. Nothing when there is not so much left.</summary>
    public void RefundAtStripe(string intent, long amount) => Do(world => world.CreateRefund(Params.Parse($"payment_intent={intent}&amount={amount}")));

    /// <summary>The payer disputes a payment.</summary>
    public string Dispute(string intent, string reason = "fraudulent", long? amount = null)
    {
        lock (_gate)
        {
            var charge = ChargeOf(Get("payment_intent", intent))!;
            return Text(OpenDispute(charge, reason, amount ?? Number(charge, "amount_captured")), "id")!;
        }
    }

    /// <summary>A dispute is decided.</summary>
    public void Decide(string dispute, bool won)
    {
        lock (_gate)
        {
            var found = Get("dispute", dispute);
            found["status"] = won ? "won" : "lost";
            if (won) Emit("charge.dispute.funds_reinstated", found);
            Emit("charge.dispute.closed", found);
        }
    }

    internal JsonObject CreateTransfer(Params given)
    {
        var destination = given.Text("destination")!;
        if (!destination.StartsWith("acct_", StringComparison.Ordinal) || destination == "acct_closed") throw Fail("resource_missing", $"No such destination: '{destination}'", "destination");
        var amount = given.Number("amount") ?? 0;
        if (given.Text("source_transaction") is { } source)
        {
            var charge = Get("charge", source);
            var passed = _objects.Where(o => Text(o, "object") == "transfer" && Text(o, "source_transaction") == source).Sum(o => Number(o, "amount"));
            if (passed + amount > Number(charge, "amount_captured")) throw Fail("balance_insufficient", "Transfers may not be more than their source charge.", "amount");
        }

        var transfer = New("transfer", "tr", given);
        transfer["amount"] = amount;
        transfer["amount_reversed"] = 0;
        foreach (var field in new[] { "currency", "destination", "source_transaction", "transfer_group" }) transfer[field] = given.Text(field);
        Move("transfer", Text(transfer, "id")!, destination, given.Text("currency")!, amount, transfer["metadata"]);
        Emit("transfer.created", transfer);
        return transfer;
    }

    internal JsonObject ReverseTransfer(string id, Params given)
    {
        var transfer = Get("transfer", id);
        var left = Number(transfer, "amount") - Number(transfer, "amount_reversed");
        var amount = given.Number("amount") ?? left;
        if (amount > left) throw Fail(null, "Reversal amount is greater than what is left of the transfer.", "amount");
        var reversal = New("transfer_reversal", "trr", given);
        reversal["amount"] = amount;
        reversal["currency"] = Text(transfer, "currency");
        reversal["transfer"] = id;
        transfer["amount_reversed"] = Number(transfer, "amount_reversed") + amount;
        Move("reversal", Text(reversal, "id")!, Text(transfer, "destination")!, Text(transfer, "currency")!, amount, reversal["metadata"]);
        Emit("transfer.reversed", transfer);
        return reversal;
    }

    private void CheckMethod(string method, string? customer)
    {
        if (_cards.ContainsKey(method))
        {
            if (_byId.TryGetValue(method, out var known) && Text(known, "customer") is { } owner && owner != customer)
                throw Fail(null, "The provided PaymentMethod was attached to a Customer: provide it together with that customer.", "payment_method");
            return;
        }

        if (_byId.ContainsKey(method)) throw Fail(null, "The provided PaymentMethod was previously detached from a Customer, and may not be used again.", "payment_method");
        if (!method.StartsWith("pm_", StringComparison.Ordinal) || Card.Of(method) is not { } card) throw Fail("resource_missing", $"No such PaymentMethod: '{method}'", "payment_method");
        _cards[method] = card;
    }

    private JsonObject OpenDispute(JsonObject charge, string reason, long amount)
    {
        var isInquiry = reason == "inquiry";
        var isReturn = reason is "insufficient_funds" or "debit_not_authorized" or "bank_cannot_process" or "incorrect_account_details";
        var dispute = New("dispute", "dp");
        dispute["amount"] = amount;
        dispute["currency"] = Text(charge, "currency");
        dispute["charge"] = Text(charge, "id");
        dispute["payment_intent"] = Text(charge, "payment_intent");
        dispute["reason"] = isInquiry ? "general" : reason;
        dispute["status"] = isInquiry ? "warning_needs_response" : isReturn ? "lost" : "needs_response";
        dispute["evidence_details"] = new JsonObject { ["due_by"] = Now + (long)TimeSpan.FromDays(10).TotalSeconds, ["has_evidence"] = false, ["past_due"] = false, ["submission_count"] = 0 };
        if (!isInquiry) charge["disputed"] = true;
        Emit("charge.dispute.created", dispute);
        if (!isInquiry) Emit("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }
}
