using System.Text.Json;

namespace InvoicePayments;

// What is read of Stripe's objects: only what is used, so that a new field changes nothing.
internal sealed record StripeErrorEnvelope(StripeError? Error);

internal sealed record StripeError(
    string? Type, string? Code = null, string? DeclineCode = null, string? AdviceCode = null, string? Message = null, string? Param = null,
    StripeIntent? PaymentIntent = null);

internal sealed record StripeIntent(string Id, string Status, long Amount, string Currency)
{
    public long AmountReceived { get; init; }

    public long AmountCapturable { get; init; }

    public string? ClientSecret { get; init; }

    public string? CancellationReason { get; init; }

    public string? TransferGroup { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public StripeNextAction? NextAction { get; init; }

    public StripeError? LastPaymentError { get; init; }

    public StripeCharge? LatestCharge { get; init; }
}

internal sealed record StripeNextAction(string? Type, StripeRedirect? RedirectToUrl = null);

internal sealed record StripeRedirect(string? Url);

internal sealed record StripeCharge(string Id)
{
    public string? Status { get; init; }

    public string? PaymentIntent { get; init; }

    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    public StripeChargeOutcome? Outcome { get; init; }

    public StripeMethodDetails? PaymentMethodDetails { get; init; }
}

internal sealed record StripeChargeOutcome(string? Reason = null, string? RiskLevel = null, string? Type = null, string? AdviceCode = null);

internal sealed record StripeMethodDetails(StripeCardDetails? Card = null);

internal sealed record StripeCardDetails(long? CaptureBefore = null);

internal sealed record StripeRefund(string Id, long Amount, string Currency)
{
    public string? Status { get; init; }

    public string? PaymentIntent { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>What it changed on the balance; null while nothing, and for ever where only what was blocked is let go.</summary>
    public string? BalanceTransaction { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record StripeDispute(string Id, long Amount, string Currency)
{
    public string? Status { get; init; }

    public string? Reason { get; init; }

    public string? Charge { get; init; }

    public string? PaymentIntent { get; init; }

    public StripeEvidence? EvidenceDetails { get; init; }
}

internal sealed record StripeEvidence(long? DueBy = null);

internal sealed record StripeSession(string Id)
{
    public string? Status { get; init; }

    public string? PaymentStatus { get; init; }

    public string? PaymentIntent { get; init; }

    public string? Url { get; init; }

    public long Created { get; init; }

    public long? ExpiresAt { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record StripeTransfer(string Id, string? Destination = null, IReadOnlyDictionary<string, string>? Metadata = null);

internal sealed record StripeMethod(string Id, string? Customer = null);

internal sealed record StripeList<T>(IReadOnlyList<T> Data, bool HasMore = false);

internal sealed record StripeEvent(string Id, string Type, StripeEventData Data, bool? Livemode = null, string? Account = null);

internal sealed record StripeEventData(JsonElement Object);
