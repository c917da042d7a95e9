using System.Collections.Frozen;
using static InvoicePayments.DeclineKind;
using static InvoicePayments.RetryAdvice;

namespace InvoicePayments;

/// <summary>What Stripe's decline codes mean: why, and what to do next. A code that is not listed is <see cref="Other"/>, with what is said of a generic decline.</summary>
internal static class StripeDeclines
{
    /// <summary>
    /// Every decline code that Stripe documents for cards and for local payment methods, the reasons of its own risk checks, and the error codes that
    /// stand in the place of one.
    /// </summary>
    internal static FrozenDictionary<string, (DeclineKind Kind, RetryAdvice Advice)> Known { get; } = new Dictionary<string, (DeclineKind, RetryAdvice)>
    {
        ["approve_with_id"] = (Other, Later),
        ["authentication_not_handled"] = (AuthenticationRequired, AfterAuthentication),
        ["authentication_required"] = (AuthenticationRequired, AfterAuthentication),
        ["bank_account_declined"] = (CardInvalid, OtherMethod),
        ["blocklist"] = (Suspected, Never),
        ["call_issuer"] = (Other, OtherMethod),
        ["card_already_activated"] = (Other, AskPerson),
        ["card_decline_rate_limit_exceeded"] = (Suspected, Later),
        ["card_declined"] = (Other, OtherMethod),
        ["card_not_supported"] = (CardInvalid, OtherMethod),
        ["card_velocity_exceeded"] = (InsufficientFunds, Later),
        ["compliance_violation"] = (Other, Never),
        ["currency_not_supported"] = (CardInvalid, OtherMethod),
        ["do_not_honor"] = (Other, OtherMethod),
        ["do_not_try_again"] = (Other, Never),
        ["duplicate_transaction"] = (Other, AskPerson),
        ["elevated_risk_level"] = (Suspected, OtherMethod),
        ["expired_card"] = (CardExpired, OtherMethod),
        ["expired_payment_information"] = (CardExpired, OtherMethod),
        ["fraudulent"] = (Suspected, Never),
        ["generic_decline"] = (Other, OtherMethod),
        ["highest_risk_level"] = (Suspected, OtherMethod),
        ["incorrect_address"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_cvc"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_number"] = (CardInvalid, OtherMethod),
        ["incorrect_pin"] = (SecurityCheckFailed, OtherMethod),
        ["incorrect_zip"] = (SecurityCheckFailed, OtherMethod),
        ["insufficient_funds"] = (InsufficientFunds, Later),
        ["invalid_account"] = (CardInvalid, OtherMethod),
        ["invalid_amount"] = (Other, AskPerson),
        ["invalid_authorization"] = (Other, OtherMethod),
        ["invalid_billing_agreement"] = (CardInvalid, OtherMethod),
        ["invalid_business_account"] = (Other, AskPerson),
        ["invalid_customer_account"] = (CardInvalid, OtherMethod),
        ["invalid_cvc"] = (SecurityCheckFailed, OtherMethod),
        ["invalid_expiry_month"] = (CardInvalid, OtherMethod),
        ["invalid_expiry_year"] = (CardInvalid, OtherMethod),
        ["invalid_number"] = (CardInvalid, OtherMethod),
        ["invalid_payment_information"] = (CardInvalid, OtherMethod),
        ["invalid_pin"] = (SecurityCheckFailed, OtherMethod),
        ["invalid_track_data"] = (CardInvalid, OtherMethod),
        ["issuer_not_available"] = (IssuerUnavailable, Later),
        ["live_mode_test_card"] = (CardInvalid, OtherMethod),
        ["lost_card"] = (LostOrStolen, Never),
        ["lost_or_stolen_card"] = (LostOrStolen, Never),
        ["merchant_blacklist"] = (Suspected, Never),
        ["mobile_device_authentication_required"] = (AuthenticationRequired, AfterAuthentication),
        ["new_account_information_available"] = (CardInvalid, OtherMethod),
        ["no_action_taken"] = (Other, OtherMethod),
        ["not_permitted"] = (Other, OtherMethod),
        ["offline_pin_required"] = (AuthenticationRequired, AfterAuthentication),
        ["online_or_offline_pin_required"] = (AuthenticationRequired, AfterAuthentication),
        ["partner_action_not_supported"] = (Other, OtherMethod),
        ["partner_duplicate_transaction"] = (Other, AskPerson),
        ["partner_expired_card"] = (CardExpired, OtherMethod),
        ["partner_generic_decline"] = (Other, OtherMethod),
        ["partner_high_risk_customer"] = (Suspected, OtherMethod),
        ["partner_insufficient_funds"] = (InsufficientFunds, Later),
        ["partner_invalid_amount"] = (Other, AskPerson),
        ["partner_invalid_currency"] = (CardInvalid, OtherMethod),
        ["partner_payment_not_found"] = (Other, OtherMethod),
        ["partner_processing_error"] = (IssuerUnavailable, Later),
        ["payment_disputed"] = (Other, AskPerson),
        ["payment_intent_authentication_failure"] = (SecurityCheckFailed, OtherMethod),
        ["payment_intent_payment_attempt_expired"] = (Other, Later),
        ["payment_intent_payment_attempt_failed"] = (Other, OtherMethod),
        ["payment_limit_exceeded"] = (InsufficientFunds, OtherMethod),
        ["payment_method_customer_decline"] = (Other, OtherMethod),
        ["payment_method_provider_decline"] = (Other, OtherMethod),
        ["payment_method_provider_timeout"] = (IssuerUnavailable, Later),
        ["pickup_card"] = (LostOrStolen, Never),
        ["pin_try_exceeded"] = (SecurityCheckFailed, OtherMethod),
        ["previously_declined_do_not_retry"] = (Other, Never),
        ["processing_error"] = (IssuerUnavailable, Later),
        ["recurring_not_supported_by_bank"] = (CardInvalid, OtherMethod),
        ["reenter_transaction"] = (IssuerUnavailable, Later),
        ["requested_block_on_incorrect_cvc"] = (SecurityCheckFailed, OtherMethod),
        ["requested_block_on_incorrect_zip"] = (SecurityCheckFailed, OtherMethod),
        ["restricted_card"] = (LostOrStolen, Never),
        ["revocation_of_all_authorizations"] = (Other, Never),
        ["revocation_of_authorization"] = (Other, Never),
        ["rule"] = (Suspected, OtherMethod),
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
