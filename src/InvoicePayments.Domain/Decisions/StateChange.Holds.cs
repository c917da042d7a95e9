namespace InvoicePayments;

/// <content>What authorizations hold. A capture or void takes its part over; what comes to nothing goes back, unless the authorization has ended meanwhile.</content>
internal sealed partial class StateChange
{
    /// <summary>The authorization is over, unless it was before: what it still held is free.</summary>
    internal void EndAuthorization(PaymentOperation of, OperationStatus status, OperationError? why)
    {
        if (OpenAuthorizationOf(of) is { } open) End(open, status, null, why, open.GatewayPaymentId);
    }

    private void TakeOver(PaymentOperation taker)
    {
        if (taker.Authorization is null) return;
        var open = OpenAuthorizationOf(taker) ?? throw new InvalidOperationException($"The authorization of {taker.Id} is not open.");
        Keep(open, open.Hold!.Held.Minus(taker.Allocation));
    }

    /// <summary>Gives what was taken over back; false when there is no authorization to give it to.</summary>
    private bool GiveHoldBack(PaymentOperation taker)
    {
        if (OpenAuthorizationOf(taker) is not { } open || taker.Kind == OperationKind.Authorize) return false;
        Keep(open, open.Hold!.Held.Plus(taker.Allocation));
        return true;
    }

    /// <summary>Money came under an authorization, and not through an operation that had taken it over: what is still held of it pays it.</summary>
    private PaymentAllocation? Consume(PaymentOperation of, PaymentAllocation moved)
    {
        if (OpenAuthorizationOf(of) is not { } open) return null;
        var held = open.Hold!.Held;
        Keep(open, held.Minus(moved));
        return held.Minus(held.Minus(moved));
    }

    /// <summary>The void of an authorization took effect: nothing moved, and nothing is held any more.</summary>
    private PaymentOperation LetGo(PaymentOperation operation, GatewayPaymentId? id)
    {
        var nothing = Money.Zero(operation.Amount.Currency);
        foreach (var part in operation.Allocation.Parts)
        {
            Tell(part, operation, new InvoiceEvent.Succeeded(nothing, part.Amount, id));
            ChangeSums(part, s => s.Release(part.Amount.MinorUnits));
        }

        var done = Put(Ended(operation, OperationStatus.Succeeded, id) with { Moved = nothing, Error = null }, null);
        EndAuthorization(operation, OperationStatus.Canceled, Voided);
        return done;
    }

    internal static OperationError Voided { get; } = new("voided", "The authorization was voided.");

    private PaymentOperation? OpenAuthorizationOf(PaymentOperation of)
    {
        if ((of.Kind == OperationKind.Authorize ? of.Id : of.Authorization) is not { } id) return null;
        var authorization = _operations.TryGetValue(id, out var touched) ? touched.Operation : state.Find(id);
        if (authorization is null) throw new InvalidOperationException($"Authorization {id} was not loaded.");
        return authorization.IsFinal ? null : authorization;
    }

    private void Keep(PaymentOperation authorization, PaymentAllocation held) =>
        Put(authorization with { Hold = authorization.Hold! with { Held = held } }, null);
}
