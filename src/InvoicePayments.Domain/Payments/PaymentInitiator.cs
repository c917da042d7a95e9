namespace InvoicePayments;

/// <summary>Who set a payment off (Chargebee: payment_initiator). Handed on to the gateway as on or off session.</summary>
public enum PaymentInitiator
{
    /// <summary>The payer is there and can answer a challenge.</summary>
    Customer,

    /// <summary>The merchant charges a method on file; nobody is there to answer.</summary>
    Merchant,
}
