namespace InvoicePayments;

/// <summary>A payment method on file: a token at a gateway, owned by an account.</summary>
public sealed record StoredPaymentMethod
{
    /// <summary>The tenant it belongs to.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Its id (Pelcro: source_id, Chargebee: payment_source_id; at most 40 characters).</summary>
    public required PaymentMethodId Id { get; init; }

    /// <summary>The account that owns it; nobody else can pay with it.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The gateway that knows the token.</summary>
    public required GatewayName Gateway { get; init; }

    /// <summary>The gateway's token for it. Never a card number.</summary>
    public required PaymentToken Token { get; init; }

    /// <summary>What kind it is, in the host's words: <c>card</c>, <c>sepa_debit</c>.</summary>
    public string Kind { get; init; } = "card";

    /// <summary>A label for people, such as <c>Visa ending 4242</c>.</summary>
    public string? Label { get; init; }

    /// <summary>Whether it can be charged; true by default. One that is not is refused before any gateway is asked (Pelcro).</summary>
    public bool IsChargeable { get; init; } = true;

    /// <summary>Whether it can be paid with by its token; true by default. One that cannot is refused before any gateway is asked (Rapyd: is_tokenizable).</summary>
    public bool IsTokenizable { get; init; } = true;

    /// <summary>Whether it is the account's default. Saving one as default takes the mark off the others.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What is wrong with its texts, as a sentence to show; null when it may be kept.</summary>
    /// <param name="allowCardNumbers">Whether the host's policy lets texts hold what looks like a card number.</param>
    public string? Problem(bool allowCardNumbers) =>
        TextRules.Problem(Kind, "kind of a payment method", TextLimits.MethodKind, allowCardNumbers, required: true)
        ?? TextRules.Problem(Label, "label of a payment method", TextLimits.MethodLabel, allowCardNumbers);
}
