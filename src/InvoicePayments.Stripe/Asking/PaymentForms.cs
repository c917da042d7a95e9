using System.Buffers;

namespace InvoicePayments;

/// <summary>The requests, as forms. Each follows from its command alone, so that the same command is the same request when it is sent again.</summary>
internal static class PaymentForms
{
    private static readonly SearchValues<char> NotInDescriptors = SearchValues.Create("<>\\'\"*");

    /// <summary>What cannot be asked of Stripe, whatever the amount; null when nothing stands against it.</summary>
    internal static OperationError? Problem(GatewayCommand command)
    {
        var foreign = command.Metadata.Keys.FirstOrDefault(key => key.AsSpan().ContainsAny('[', ']') || key.StartsWith("invoice_payments_", StringComparison.Ordinal));
        if (foreign is not null) return new("metadata_invalid", "Stripe keeps no metadata under a key with square brackets, and keys that begin with invoice_payments_ are ours. Rename it.");
        if (command.Metadata.Count > StripeNames.EntriesForTheHost)
            return new("metadata_invalid", $"Stripe keeps 50 entries of metadata, of which we need 4: give at most {StripeNames.EntriesForTheHost}.");
        return DescriptorOf(command) is { } text && (text.AsSpan().ContainsAny(NotInDescriptors) || !text.Any(char.IsAsciiLetter))
            ? new("statement_descriptor_invalid", "Stripe takes a statement descriptor with at least one letter and without < > \\ ' \" *. Correct it on the invoice.")
            : null;
    }

    internal static StripeForm Intent(GatewayCommand.FromPayer command, long amount, string? customer, string method)
    {
        var isOnFile = command.Initiator == PaymentInitiator.Merchant;
        var form = new StripeForm()
            .Add("amount", amount)
            .Add("currency", CurrencyOf(command))
            .Add("confirm", true)
            .AddIf(command is GatewayCommand.Authorize, "capture_method", "manual")
            .Add("payment_method", method)
            .Add("customer", customer)
            .AddIf(isOnFile, "off_session", "true")
            .AddIf(!isOnFile && StripeToken.Split(command.Token).IsToKeep, "setup_future_usage", "off_session")
            .Add("automatic_payment_methods[enabled]", true);

        // Without an address to come back to the payer stays in the host's page, and a client secret is enough.
        if (command.ReturnUrl is { } back && !isOnFile) form.Add("return_url", back.AbsoluteUri);
        else form.Add("automatic_payment_methods[allow_redirects]", "never");
        return Describe(form, "", command, command.Description, command.StatementDescriptor, kind: null).Add("expand[]", "latest_charge");
    }

    internal static StripeForm Session(GatewayCommand.RequestLink command, long amount, Uri back)
    {
        var form = new StripeForm()
            .Add("mode", "payment")
            .Add("success_url", back.AbsoluteUri)
            .Add("cancel_url", back.AbsoluteUri)
            .Add("client_reference_id", command.Reference.Value)
            .Add("line_items[0][quantity]", 1)
            .Add("line_items[0][price_data][currency]", CurrencyOf(command))
            .Add("line_items[0][price_data][unit_amount]", amount)
            .Add("line_items[0][price_data][product_data][name]", command.Description is { Length: > 0 } text ? text : "Invoice");
        Mark(form, "", command, StripeNames.Link);
        return Describe(form, "payment_intent_data", command, command.Description, command.StatementDescriptor, StripeNames.Link);
    }

    internal static StripeForm Capture(GatewayCommand.Capture command, long amount) => new StripeForm()
        .Add("amount_to_capture", amount)
        .Add(Within("metadata", StripeNames.Capture), command.Reference.Value)
        .Add("expand[]", "latest_charge");

    internal static StripeForm Refund(GatewayCommand.Refund command, long amount)
    {
        // Stripe knows three reasons; the host's words are kept beside them.
        var form = new StripeForm().Add("payment_intent", command.Of.Value).Add("amount", amount)
            .AddIf(command.Reason is "duplicate" or "fraudulent" or "requested_by_customer", "reason", command.Reason);
        Mark(form, "", command, kind: null);
        return form;
    }

    internal static StripeForm Transfer(GatewayCommand command, FundingPart part, long amount, string charge) => new StripeForm()
        .Add("amount", amount)
        .Add("currency", CurrencyOf(command))
        .Add("destination", part.Recipient.Value)
        .Add("source_transaction", charge)
        .Add("transfer_group", command.Reference.Value)
        .Add(Within("metadata", StripeNames.Reference), command.Reference.Value);

    internal static StripeForm Reversal(GatewayCommand command, long amount) => new StripeForm()
        .Add("amount", amount)
        .Add(Within("metadata", StripeNames.Reference), command.Reference.Value);

    private static StripeForm Describe(StripeForm form, string within, GatewayCommand command, string? description, string? descriptor, string? kind)
    {
        form.Add(Within(within, "description"), description is { Length: > 0 } ? description : null)
            .Add(Within(within, "statement_descriptor_suffix"), descriptor is { Length: > 0 } ? descriptor : null)
            .AddIf(command.Funding is not null, Within(within, "transfer_group"), command.Reference.Value);
        return Mark(form, within, command, kind);
    }

    private static StripeForm Mark(StripeForm form, string within, GatewayCommand command, string? kind)
    {
        var metadata = Within(within, "metadata");
        foreach (var (key, value) in command.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            if (value.Length > 0) form.Add($"{metadata}[{key}]", value);
        string[] kinds = [.. new[] { kind, command.Funding is null ? null : StripeNames.Split }.OfType<string>()];
        return form
            .Add($"{metadata}[{StripeNames.Reference}]", command.Reference.Value)
            .AddIf(command.Tenant != TenantId.Default, $"{metadata}[{StripeNames.Tenant}]", command.Tenant.Value)
            .AddIf(kinds.Length > 0, $"{metadata}[{StripeNames.Kind}]", string.Join(' ', kinds));
    }

    private static string Within(string outer, string inner) => outer.Length == 0 ? inner : $"{outer}[{inner}]";

#pragma warning disable CA1308 // Stripe writes currencies in lower case.
    private static string CurrencyOf(GatewayCommand command) => command.Amount.Currency.Code.ToLowerInvariant();
#pragma warning restore CA1308

    private static string? DescriptorOf(GatewayCommand command) => command switch
    {
        GatewayCommand.FromPayer payer => payer.StatementDescriptor,
        GatewayCommand.RequestLink link => link.StatementDescriptor,
        _ => null,
    };
}
