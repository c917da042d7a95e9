namespace InvoicePayments;

/// <content>With what, and through whom.</content>
public sealed partial record Rejection
{
    /// <summary>No method was named and there is no default (Chargebee, Pelcro).</summary>
    public static Rejection PaymentMethodMissing { get; } = new("payment_method_missing", RejectionClass.Unprocessable, "There is no payment method.", "Name a stored method, give a gateway and token, set a default, or have a gateway make a payment link.");

    /// <summary>A gateway without a token, or a token without a gateway (Pelcro).</summary>
    public static Rejection PaymentMethodIncomplete { get; } = new("payment_method_incomplete", RejectionClass.Invalid, "A gateway and a token belong together.", "Give both or neither.");

    /// <summary>A stored method and a token were both given (Pelcro).</summary>
    public static Rejection PaymentMethodAmbiguous { get; } = new("payment_method_ambiguous", RejectionClass.Invalid, "A stored method was named beside a gateway or token.", "Give one or the other.");

    /// <summary>The stored method is not known, or somebody else's: the two are answered alike.</summary>
    public static Rejection PaymentMethodNotFound { get; } = new("payment_method_not_found", RejectionClass.NotFound, "There is no such payment method.", "Check the payment method id and the account.");

    /// <summary>The stored method cannot be charged (Pelcro).</summary>
    public static Rejection PaymentMethodNotChargeable { get; } = new("payment_method_not_chargeable", RejectionClass.Unprocessable, "The payment method cannot be charged.", "Use another method.");

    /// <summary>The kind of method cannot be paid with a token (Rapyd: is_tokenizable).</summary>
    public static Rejection PaymentMethodNotTokenizable { get; } = new("payment_method_not_tokenizable", RejectionClass.Unprocessable, "The payment method cannot be paid with a token.", "Use another method.");

    /// <summary>The id of a payment method that is to be saved belongs to another account.</summary>
    public static Rejection PaymentMethodTaken { get; } = new("payment_method_taken", RejectionClass.Conflict, "The payment method belongs to another account.", "Use another id.");

    /// <summary>No gateway has this name here.</summary>
    public static Rejection GatewayNotRegistered { get; } = new("gateway_not_registered", RejectionClass.Invalid, "There is no such gateway.", "Use one of the names that are registered.");

    /// <summary>The gateway does not do this kind of operation.</summary>
    public static Rejection GatewayCannot { get; } = new("gateway_cannot", RejectionClass.Unprocessable, "The gateway cannot do this.", "Do it elsewhere and record it as an offline payment, or use another gateway.");

    /// <summary>The gateway makes no payment links (Billingrails: integration_id).</summary>
    public static Rejection PaymentLinkUnavailable { get; } = new("payment_link_unavailable", RejectionClass.Unprocessable, "The gateway makes no payment links.", "Name a payment method, or a gateway that makes them.");

    /// <summary>A payment link was asked for money that is only to be blocked.</summary>
    public static Rejection PaymentLinkWithCaptureLater { get; } = new("payment_link_with_capture_later", RejectionClass.Unprocessable, "On a payment link money is taken, not blocked.", "Leave out the link or the later capture.");
}
