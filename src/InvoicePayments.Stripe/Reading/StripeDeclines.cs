using System.Collections.Frozen;
using static InvoicePayments.DeclineKind;
using static InvoicePayments.RetryAdvice;

namespace InvoicePayments;

/// <summary>What Stripe's decline codes mean: why, and what to do next. A code that is not listed is <see cref="Other"/>, with what is said of a generic decline.</summary>
internal static class StripeDeclines
{
    /// <summary>Every code that Stripe documents for cards, and the error codes that stand in the place of one.</summary>
    internal static FrozenDictionary<string, (DeclineKind Kind, RetryAdvice Advice)> Known { get; } = new Dictionary<string, (DeclineKind, RetryAdvice)>
    {
        ["approve_with_id"] = (Other, Later),
        ["authentication_not_handled"] = (AuthenticationRequired, AfterAuthentication),
        ["authentication_required"] = (AuthenticationRequired, AfterAuthentication),
        ["bank_account_declined"] = (CardInvalid, OtherMethod),
        ["call_issuer"] = (Other, OtherMethod),
        ["card_decline_rate_limit_exceeded"] = (Suspected, Later),
        ["card_declined"] = (Other, OtherMethod),
        ["card_not_supported"] = (CardInvalid, OtherMethod),
        ["card_velocity_exceeded"] = (InsufficientFunds, Later),
        ["currency_not_supported"] = (CardInvalid, OtherMethod),
        ["do_not_honor"] = (Other, OtherMethod),
        ["do_not_try_again"] = (Other, Never),
        ["duplicate_transaction"] = (Other, AskPerson),
        ["expired_card"] = (CardExpired, OtherMethod),
        ["fraudulent"] = (Suspected, Never),
        ["generic_decline"] = (Other, OtherMethod),
        ["incorrect_address"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_cvc"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_number"] = (CardInvalid, OtherMethod),
        ["incorrect_pin"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_zip"] = (SecurityCheckFailed, OtherMethod),
        ["insufficient_funds"] = (InsufficientFunds, Later),
        ["invalid_account"] = (CardInvalid, OtherMethod),
        ["invalid_amount"] = (Other, AskPerson),
        ["invalid_cvc"] = (SecurityCheckFailed, OtherMethod),
        ["invalid_expiry_month"] = (CardInvalid, OtherMethod),
        ["invalid_expiry_year"] = (CardInvalid, OtherMethod),
        ["invalid_number"] = (CardInvalid, OtherMethod),
        ["invalid_pin"] = (SecurityCheckFailed, OtherMethod),
        ["issuer_not_available"] = (IssuerUnavailable, Later),
        ["lost_card"] = (LostOrStolen, Never),
        ["merchant_blacklist"] = (Suspected, Never),
        ["mobile_device_authentication_required"] = (AuthenticationRequired, AfterAuthentication),
        ["new_account_information_available"] = (CardInvalid, OtherMethod),
        ["no_action_taken"] = (Other, OtherMethod),
        ["not_permitted"] = (Other, OtherMethod),
        ["offline_pin_required"] = (AuthenticationRequired, AfterAuthentication),
        ["online_or_offline_pin_required"] = (AuthenticationRequired, AfterAuthentication),
        ["payment_intent_authentication_failure"] = (SecurityCheckFailed, OtherMethod),
        ["payment_intent_payment_attempt_expired"] = (Other, Later),
        ["payment_intent_payment_attempt_failed"] = (Other, OtherMethod),
        ["payment_method_customer_decline"] = (Other, OtherMethod),
        ["payment_method_provider_decline"] = (Other, OtherMethod),
        ["payment_method_provider_timeout"] = (IssuerUnavailable, Later),
        ["pickup_card"] = (LostOrStolen, Never),
        ["pin_try_exceeded"] = (SecurityCheckFailed, OtherMethod),
        ["processing_error"] = (IssuerUnavailable, Later),
        ["reenter_transaction"] = (IssuerUnavailable, Later),
        ["restricted_card"] = (LostOrStolen, Never),
        ["revocation_of_all_authorizations"] = (Other, Never),
        ["revocation_of_authorization"] = (Other, Never),
        ["security_violation"] = (Suspected, Never),
        ["service_not_allowed"] = (Other, OtherMethod),
        ["stolen_card"] = (LostOrStolen, Never),
        ["stop_payment_order"] = (Other, Never),
        ["testmode_decline"] = (CardInvalid, OtherMethod),
        ["transaction_not_allowed"] = (Other, OtherMethod),
        ["try_again_later"] = (IssuerUnavailable, Later),
        ["withdrawal_count_limit_exceeded"] = (InsufficientFunds, Later),
    }.ToFrozenDictionary();

    /// <summary>The decline that an error is.</summary>
    internal static Decline Of(StripeError error) => Of(error.DeclineCode ?? error.Code, error.Message, error.AdviceCode);

    /// <summary>The decline that a failed charge tells of.</summary>
    internal static Decline Of(StripeCharge failed) =>
        Of(Known.ContainsKey(failed.Outcome?.Reason ?? "") ? failed.Outcome!.Reason : failed.FailureCode, failed.FailureMessage, failed.Outcome?.AdviceCode);

    private static Decline Of(string? code, string? message, string? advice)
    {
        var raw = StripeTexts.Code(code, "card_declined");
        var (kind, usual) = Known.GetValueOrDefault(raw, (Other, OtherMethod));
        return new(kind, AdviceOf(advice, usual), raw, StripeTexts.Clean(message, "The payment was declined."));
    }

    // What Stripe says of this one decline goes before what is usually said of its code.
    private static RetryAdvice AdviceOf(string? advice, RetryAdvice usual) => advice switch
    {
        "do_not_try_again" => Never,
        "try_again_later" => Later,
        "confirm_card_data" => OtherMethod,
        _ => usual,
    };
}
