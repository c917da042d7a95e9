namespace InvoicePayments;

/// <summary>Where to find a movement of money: by what its gateway calls it.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Id">Its own id of the payment or its part.</param>
public readonly record struct GatewayPaymentAddress(GatewayName Gateway, GatewayPaymentId Id);
