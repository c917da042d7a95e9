namespace InvoicePayments;

/// <summary>
/// A gateway tells of a dispute, of a direct debit that was returned, or of a refund that was made or failed over there. Each is an operation of its
/// own, because the payment is final; only a refund that failed is shown on the one that it belongs to.
/// While a dispute is open its amount is held and cannot be refunded; once it is lost, or the debit has come back, the invoice is due again.
/// News may come late, twice and in any order; what is about money that has not come in here yet is kept, and counts once it has.
/// </summary>
public sealed record RecordDispute : IDecidable<PaymentResult>
{
    /// <summary>The tenant; <see cref="TenantId.Default"/> when left out.</summary>
    public TenantId Tenant { get; init; } = TenantId.Default;

    /// <summary>The gateway that tells it.</summary>
    public required GatewayName Gateway { get; init; }

    /// <summary>The gateway's id of the payment that it is about.</summary>
    public required GatewayPaymentId GatewayPaymentId { get; init; }

    /// <summary>What it tells.</summary>
    public required GatewayNotice Notice { get; init; }

    /// <summary>Whether it is kept already, and so is not kept again while nobody knows the payment. False when left out.</summary>
    public bool WasParked { get; init; }

    /// <summary>
    /// The payment, once it has turned out that the notice is about more of it than what was asked for, as where an overpayment was kept as credit.
    /// It is loaded with everything that it paid; null when left out, and then found out.
    /// </summary>
    public PaymentId? Payment { get; init; }

    /// <inheritdoc/>
    public LoadRequest WhatToLoad(PaymentPolicy policy) => new()
    {
        Tenant = Tenant, GatewayPayment = new(Gateway, GatewayPaymentId), Operations = [DisputeRules.OperationOf(Gateway, GatewayPaymentId, Notice)], Payment = Payment,
    };

    /// <inheritdoc/>
    public Decision<PaymentResult> Decide(InvoiceState state, DecisionContext context)
    {
        if (!Notice.Amount.IsPositive) return CommandRules.Refuse(Rejection.AmountNotPositive);

        var change = new StateChange(state, context);
        if (change.TakenUnder(Gateway, GatewayPaymentId) is not { } taken || DisputeRules.Waits(taken, Notice)) return Park(context);
        if (DisputeRules.Divides(Notice) && Payment != taken.Payment && !change.HasDocumentsOf(taken.Payment))
            return new Decision<PaymentResult>.LoadMore(this with { Payment = taken.Payment });

        var told = DisputeRules.Apply(change, taken, Notice);
        return new Decision<PaymentResult>.Answer(change.IsEmpty ? null : change.ToChangeSet(Tenant), change.ResultOf(told, isReplay: change.IsEmpty));
    }

    private Decision<PaymentResult> Park(DecisionContext context)
    {
        if (WasParked)
        {
            return CommandRules.Refuse(
                Rejection.PaymentNotFound, $"Gateway {Gateway} tells of its payment {GatewayPaymentId}, which has not come in here. It is kept, and counts once it has.");
        }

        var evidence = CanonicalWriter.Begin().Add("gateway", Gateway.Value).Add("payment", GatewayPaymentId.Value).Add("notice", Notice.ToString()).ToFingerprint();
        var parked = new ParkedOutcome(Tenant, DisputeRules.ShelfOf(Gateway, GatewayPaymentId), Gateway, evidence, null, context.Now)
        {
            Notice = Notice, GatewayPaymentId = GatewayPaymentId,
        };
        return new Decision<PaymentResult>.Park(new ChangeSet { Tenant = Tenant, Parked = [parked] }, this with { WasParked = true });
    }
}
