namespace InvoicePayments;

/// <summary>A gateway under examination, and what the kit cannot know of it: how to see the money, and what to pay with.</summary>
public sealed record GatewayConformanceSubject
{
    /// <summary>The gateway; a sandbox, a fake server behind the real adapter, or a fake.</summary>
    public required IPaymentGateway Gateway { get; init; }

    /// <summary>
    /// All the money that moved for a reference, in minor units, whatever the gateway answered: what was charged for a charge's
    /// or capture's reference, what was given back for a refund's or void's, nothing for an authorization's. Twice the amount means that it moved twice.
    /// </summary>
    public required Func<GatewayReference, CancellationToken, ValueTask<long>> Moved { get; init; }

    /// <summary>A token that succeeds, as often as it is used.</summary>
    public required PaymentToken Succeeds { get; init; }

    /// <summary>A token that is declined.</summary>
    public required PaymentToken Declines { get; init; }

    /// <summary>Lets the next answer get lost after the money moved; null when that cannot be arranged, and then it is not checked.</summary>
    public Func<CancellationToken, ValueTask>? LoseNextAnswer { get; init; }

    /// <summary>The name that commands carry; <c>kit</c> by default.</summary>
    public GatewayName Name { get; init; } = new("kit");

    /// <summary>How much is charged; 12.34 EUR by default. Refunds give back parts of it.</summary>
    public Money Amount { get; init; } = Money.FromMinorUnits(1_234, Currency.EUR);

    /// <summary>The clock that the gateway goes by; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
