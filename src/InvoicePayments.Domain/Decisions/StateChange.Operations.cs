namespace InvoicePayments;

/// <content>What can happen to an operation, and what each does to the sums. Amounts of an invoice are its part of the allocation.</content>
internal sealed partial class StateChange
{
    /// <summary>Begins an operation that asks a gateway: the money is spoken for from here on.</summary>
    internal PaymentOperation Start(PaymentOperation operation, GatewayCommand? command, Payment? newPayment = null)
    {
        if (newPayment is not null) Add(newPayment);
        foreach (var part in operation.Allocation.Parts)
        {
            var amount = part.Amount.MinorUnits;
            if (operation.GivesBack)
                ChangeShare(operation.Payment, part.Invoice, s => s with { RefundReserved = checked(s.RefundReserved + amount) });
            else if (operation.Authorization is null)
                Change(part, i => i with { Sums = i.Sums.Reserve(amount), AttemptCount = i.AttemptCount + (operation.Follows is null ? 1 : 0) });
            HoldCredit(operation, part);
            if (newPayment is not null && operation.Authorization is null) Mark(operation, newPayment, part);
            Tell(part, operation, new InvoiceEvent.Started(part.Amount));
        }

        TakeOver(operation);
        return Put(operation, command);
    }

    /// <summary>Records money that needs no gateway: offline, or an invoice over zero.</summary>
    internal PaymentOperation Record(PaymentOperation operation, Payment payment)
    {
        Add(payment);
        var kept = Money.Zero(operation.Amount.Currency);
        foreach (var whole in operation.Allocation.Parts)
        {
            var beyond = BeyondDue(operation, whole);
            var part = whole with { Amount = whole.Amount - beyond };
            kept += beyond;
            ChangeShare(payment.Id, part.Invoice, s => s with { Captured = checked(s.Captured + part.Amount.MinorUnits) });
            Tell(part, operation, new InvoiceEvent.Succeeded(part.Amount, Money.Zero(part.Amount.Currency), OfflineMethod: payment.OfflineMethod)
            {
                Created = PaymentSummary.Of(payment, operation),
            });
            Change(part, i => i with
            {
                Sums = i.Sums.Receive(part.Amount.MinorUnits),
                AttemptCount = i.AttemptCount + 1,
                LastAttemptFailed = false,
                LastPayment = part.Amount.IsPositive && i.Id == part.Invoice ? DuplicateRules.MarkOf(operation, payment, part) : i.LastPayment,
            });
            CreditPaid(operation, part, Money.Zero(part.Amount.Currency));
        }

        KeepAsCredit(operation, kept, new(kept, kept, OfflineMethod: payment.OfflineMethod));
        return Put(operation, null);
    }

    /// <summary>Records that money of an offline payment was given back by hand.</summary>
    internal PaymentOperation RecordRefund(PaymentOperation operation)
    {
        foreach (var part in operation.Allocation.Parts) GiveBack(operation, part, released: 0, null);
        return Put(operation, null);
    }

    /// <summary>The money moved; what was reserved beyond it is free again.</summary>
    internal PaymentOperation Succeed(PaymentOperation operation, GatewayPaymentId? id, Money moved)
    {
        if (operation is { Kind: OperationKind.Void, Authorization: not null }) return LetGo(operation, id);

        var kept = Money.Zero(operation.Amount.Currency);
        var parts = operation.Allocation.ScaledTo(moved);
        var done = Ended(operation, OperationStatus.Succeeded, id) with { Moved = moved, Error = null };
        var created = CreatedBy(operation, done);
        foreach (var reserved in operation.Allocation.Parts)
        {
            var part = reserved with { Amount = parts.PartOf(reserved.Invoice) };
            if (operation.GivesBack) GiveBack(operation, part, reserved.Amount.MinorUnits, id);
            else kept += Receive(operation, part, reserved.Amount, id, created);
        }

        if (LeadsPayment(operation))
            _payments[operation.Payment] = Edit(operation.Payment) with { Status = OperationStatus.Succeeded, GatewayPaymentId = id, SucceededAt = Now };
        KeepAsCredit(operation, kept, new(kept, kept, id));
        Follow(operation, succeeded: true);
        var put = Put(done, null);
        if (operation.ReleasesRest) EndAuthorization(operation, OperationStatus.Succeeded, null);
        return put;
    }

    /// <summary>No money moved; what was reserved is free again, or back where it came from.</summary>
    internal PaymentOperation End(PaymentOperation operation, OperationStatus status, Decline? decline, OperationError? why, GatewayPaymentId? id)
    {
        if (operation.Kind == OperationKind.Authorize) id ??= operation.GatewayPaymentId;
        var done = Ended(operation, status, id) with { Decline = decline, Error = why };
        var created = CreatedBy(operation, done);
        var wentBack = GiveHoldBack(operation);
        foreach (var part in operation.Allocation.Parts)
        {
            var reserved = operation.Reserves?.PartOf(part.Invoice) ?? part.Amount;
            var released = wentBack || operation is { Kind: OperationKind.Void, GivesBack: true } ? Money.Zero(reserved.Currency) : reserved;
            if (operation.GivesBack)
            {
                ChangeShare(operation.Payment, part.Invoice, s => s with { RefundReserved = checked(s.RefundReserved - part.Amount.MinorUnits) });
            }
            else
            {
                Change(part, i => i with
                {
                    Sums = i.Sums.Release(released.MinorUnits), LastAttemptFailed = i.LastAttemptFailed || IsFailedAttempt(operation, status),
                    LastPayment = i.LastPayment?.Operation == operation.Id && status != OperationStatus.Succeeded ? null : i.LastPayment,
                });
            }

            FreeCredit(operation, part);
            Tell(part, operation, new InvoiceEvent.Ended(status, released, decline, why) { Created = created });
            TriedInVain(operation, part.Invoice, decline);
        }

        if (LeadsPayment(operation)) _payments[operation.Payment] = Edit(operation.Payment) with { Status = status, GatewayPaymentId = id };
        Follow(operation, succeeded: false);
        return Put(done, null);
    }

    /// <summary>The operation stands elsewhere now, and goes on reserving.</summary>
    internal PaymentOperation Progress(PaymentOperation operation, Func<PaymentOperation, PaymentOperation> change, InvoiceEvent.OperationEvent fact)
    {
        var next = change(operation) with { BusyUntil = null };
        var told = fact with { Created = CreatedBy(operation, next) };
        foreach (var part in next.Allocation.Parts) Tell(part, operation, told);
        if (LeadsPayment(operation))
            _payments[operation.Payment] = Edit(operation.Payment) with { Status = next.Status, GatewayPaymentId = next.GatewayPaymentId };
        return Put(next, null);
    }

    /// <summary>A person says what became of it, and who that is stays with the operation.</summary>
    internal PaymentOperation SettleByHand(PaymentOperation operation, bool happened, string by, string why)
    {
        foreach (var part in operation.Allocation.Parts) Tell(part, operation, new InvoiceEvent.SettledByHand(happened, by, why));
        return operation with { SettledBy = by };
    }

    /// <summary>Only the time to look again changes; no fact, no sum.</summary>
    internal PaymentOperation Reschedule(PaymentOperation operation, Func<PaymentOperation, PaymentOperation> change) => Put(change(operation), null);

    internal static PaymentId PaymentIdOf(OperationId operation) => new("pay_" + operation.Value);

    /// <summary>The operation that began a payment; null for an id that no operation gives.</summary>
    internal static OperationId? BeginningOf(PaymentId payment) =>
        payment.Value.StartsWith("pay_", StringComparison.Ordinal) && OperationId.TryCreate(payment.Value[4..], out var id) ? id : null;

    private void Mark(PaymentOperation operation, Payment payment, AllocationPart part) =>
        Change(part.Invoice, i => i with { LastPayment = DuplicateRules.MarkOf(operation, payment, part) });

    // The first answer about the operation that began a payment: only then there is something to tell of it.
    private PaymentSummary? CreatedBy(PaymentOperation before, PaymentOperation after) =>
        Begins(before) && before.Status == OperationStatus.Pending && after.Status != OperationStatus.Pending
            ? PaymentSummary.Of(Current(before.Payment), after)
            : null;

    private void Add(Payment payment) => _payments[payment.Id] = payment.Version == 1 ? payment : payment with { Version = 1 };

    private static bool Begins(PaymentOperation operation) => operation.Payment == PaymentIdOf(operation.Id);

    // A refund or void is about a payment that was there before.
    private static bool LeadsPayment(PaymentOperation operation) => operation.Kind is not (OperationKind.Refund or OperationKind.Void);

    private static bool IsFailedAttempt(PaymentOperation operation, OperationStatus status) => operation.Kind switch
    {
        OperationKind.Void => false,
        OperationKind.Authorize => operation.Status != OperationStatus.Authorized && status != OperationStatus.Succeeded,
        _ => true,
    };

    private PaymentOperation Ended(PaymentOperation operation, OperationStatus status, GatewayPaymentId? id) => operation with
    {
        Status = status, GatewayPaymentId = id, AnsweredAt = Now, BusyUntil = null, NextCheckAt = null, Action = null, ActionDeadline = null,
    };

    private Payment Current(PaymentId id) =>
        _payments.Find(id) ?? state.Find(id) ?? throw new InvalidOperationException($"Payment {id} was not loaded.");
}
