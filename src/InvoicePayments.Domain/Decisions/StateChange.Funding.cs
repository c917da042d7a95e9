namespace InvoicePayments;

/// <content>What the recipients of a split payment have of it.</content>
internal sealed partial class StateChange
{
    /// <summary>
    /// Moves the recipients' sums by what the operation says of them now and did not say before. What an operation says follows from the
    /// operation alone, so it is counted once, however often and in whatever order it changes.
    /// </summary>
    private void Fund(PaymentOperation? before, PaymentOperation after)
    {
        if (after.Funding is not { } funding) return;
        foreach (var recipient in funding.Parts.Select(p => p.Recipient))
        {
            var (had, has) = (Told(before, recipient), Told(after, recipient));
            if (had == has) continue;
            var payment = Edit(after.Payment);
            _payments[payment.Id] = payment with
            {
                Funding = [.. payment.Funding.Select(s => s.Recipient != recipient ? s : s with
                {
                    Captured = checked(s.Captured + has.Captured - had.Captured),
                    Refunded = checked(s.Refunded + has.Refunded - had.Refunded),
                    RefundReserved = checked(s.RefundReserved + has.Reserved - had.Reserved),
                })],
            };
        }
    }

    /// <summary>
    /// The recipients bear what was taken of the payment, as far as it was here: what each bears follows the payment's own sums, after
    /// everything else in this change.
    /// </summary>
    private void BearLosses()
    {
        foreach (var (id, payment) in _payments.All)
        {
            if (payment.Funding.Count == 0) continue;
            var more = payment.Shares.Sum(s => s.TakenReopened) - payment.Funding.Sum(s => s.Taken);
            if (more != 0) _payments[id] = payment with { Funding = FundingShare.Take(payment.Funding, more) };
        }
    }

    private static (long Captured, long Refunded, long Reserved) Told(PaymentOperation? operation, RecipientId recipient)
    {
        if (operation?.Funding is not { } funding) return default;
        var givesBack = operation.GivesBack;
        if (!operation.IsFinal) return givesBack ? (0, 0, funding.PartOf(recipient).MinorUnits) : default;
        if (operation is not { Status: OperationStatus.Succeeded, Moved: { } moved }) return default;

        var part = funding.ScaledTo(moved).PartOf(recipient).MinorUnits;
        return givesBack ? (0, part, 0) : (part, 0, 0);
    }
}
