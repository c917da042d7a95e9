using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>What a gateway said about an operation: directly, in a webhook, or when asked again. A closed set; all of them go through the same door.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Authorized), "authorized")]
[JsonDerivedType(typeof(ActionRequired), "action_required")]
[JsonDerivedType(typeof(Processing), "processing")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(NotSent), "not_sent")]
[JsonDerivedType(typeof(Canceled), "canceled")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record GatewayOutcome
{
    private GatewayOutcome()
    {
    }

    /// <summary>The money moved.</summary>
    /// <param name="Id">The gateway's id of the movement. Two successes with different ids are two movements.</param>
    /// <param name="Moved">How much. It differs from what was asked only where <paramref name="PartiallyApproved"/> says so; any other difference is a conflict for a person.</param>
    /// <param name="PartiallyApproved">The gateway says that it approved less than asked (Vantiv 010, Braintree 1004); of what asks the payer's bank only.</param>
    public sealed record Succeeded(GatewayPaymentId Id, Money Moved, bool PartiallyApproved = false) : GatewayOutcome;

    /// <summary>The money is blocked and not taken yet.</summary>
    /// <param name="Id">The gateway's id; a capture or void names it.</param>
    /// <param name="Amount">How much is blocked. It differs from what was asked only where <paramref name="PartiallyApproved"/> says so.</param>
    /// <param name="Until">Until when it is blocked, UTC; null when the gateway does not say, and then the policy does.</param>
    /// <param name="PartiallyApproved">The gateway says that it approved less than asked; of an authorization only.</param>
    /// <param name="Fraud">What its risk check says.</param>
    public sealed record Authorized(
        GatewayPaymentId Id, Money Amount, DateTimeOffset? Until = null, bool PartiallyApproved = false, FraudStatus Fraud = FraudStatus.NotChecked) : GatewayOutcome;

    /// <summary>The payer has to do something.</summary>
    /// <param name="Id">The gateway's id.</param>
    /// <param name="Action">What.</param>
    /// <param name="Until">Until when, UTC; null when the gateway does not say.</param>
    public sealed record ActionRequired(GatewayPaymentId Id, PendingAction Action, DateTimeOffset? Until = null) : GatewayOutcome;

    /// <summary>The gateway has it and will answer later.</summary>
    /// <param name="Id">The gateway's id, when it gave one.</param>
    /// <param name="AskAgainAfter">When to ask again; null leaves it to the policy.</param>
    public sealed record Processing(GatewayPaymentId? Id = null, TimeSpan? AskAgainAfter = null) : GatewayOutcome;

    /// <summary>The payer's bank said no. No money moved.</summary>
    /// <param name="Why">Kind, advice, the raw code and message.</param>
    /// <param name="Id">The gateway's id, when it gave one.</param>
    public sealed record Declined(Decline Why, GatewayPaymentId? Id = null) : GatewayOutcome;

    /// <summary>The gateway did not accept our request: it is wrong. No money moved.</summary>
    /// <param name="Why">The gateway's code and message.</param>
    public sealed record Refused(OperationError Why) : GatewayOutcome;

    /// <summary>
    /// Provably nothing was done about this one request: it never left this process, or the gateway turned it away at the door (Stripe: 401
    /// and 403). It says nothing about an earlier request with the same reference.
    /// </summary>
    /// <param name="Why">Code and message.</param>
    public sealed record NotSent(OperationError Why) : GatewayOutcome;

    /// <summary>Called off before money moved; of an authorization, that nothing is held any more, whatever was captured of it.</summary>
    /// <param name="Id">The gateway's id, when it gave one.</param>
    public sealed record Canceled(GatewayPaymentId? Id = null) : GatewayOutcome;

    /// <summary>Ran out of time at the gateway before money moved.</summary>
    /// <param name="Id">The gateway's id, when it gave one.</param>
    public sealed record Expired(GatewayPaymentId? Id = null) : GatewayOutcome;

    /// <summary>Nobody knows: a timeout, a 5xx, a broken answer, a conflict with a request in flight. Never a decline.</summary>
    /// <param name="Why">A short code such as <c>timeout</c>, and a message without secrets.</param>
    /// <param name="AskAgainAfter">How long the gateway wants to be left alone (Stripe: Retry-After); null leaves it to the options and the policy.</param>
    /// <param name="DoNotResend">
    /// The gateway says that the same request would be answered the same now (Stripe: Stripe-Should-Retry false, a stored 5xx): it is not sent
    /// again in this conversation, only asked about later. False when left out: then the guarantee alone decides.
    /// </param>
    public sealed record Unknown(OperationError Why, TimeSpan? AskAgainAfter = null, bool DoNotResend = false) : GatewayOutcome;
}
