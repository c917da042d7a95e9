namespace InvoicePayments;

/// <content>What payers and their banks do long after a payment succeeded. It moves the ledger, and is told as a webhook would tell it.</content>
public sealed partial class ScriptedGateway
{
    private readonly List<ScriptedNotice> _notices = [];

    /// <summary>What webhooks about disputes and returns would have delivered and nobody has drained yet, oldest first; a copy.</summary>
    public IReadOnlyList<ScriptedNotice> Notices
    {
        get { lock (_news) return [.. _notices]; }
    }

    /// <summary>Takes what webhooks about disputes and returns would have delivered by now; each is given out once.</summary>
    public IReadOnlyList<ScriptedNotice> DrainNotices()
    {
        lock (_news)
        {
            List<ScriptedNotice> drained = [.. _notices];
            _notices.Clear();
            return drained;
        }
    }

    /// <summary>The payer disputes a charge: so much of it cannot be refunded until it is decided.</summary>
    /// <param name="charge">The gateway's id of the charge.</param>
    /// <param name="amount">How much; all that is refundable when left out.</param>
    /// <param name="reason">Why.</param>
    /// <param name="within">How long evidence may be handed in; a week when left out.</param>
    /// <exception cref="InvalidOperationException">There is no such charge.</exception>
    public GatewayNotice.DisputeOpened OpenDispute(GatewayPaymentId charge, Money? amount = null, string reason = "fraudulent", TimeSpan? within = null)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var entry = ChargeOf(book, charge);
            var dispute = book.Free("dp", entry.Reference);
            var asked = amount ?? Money.FromMinorUnits(book.RefundableOf(charge, entry.Money.Currency), entry.Money.Currency);
            var opened = new GatewayNotice.DisputeOpened(new(dispute.Value), asked, reason, now + (within ?? TimeSpan.FromDays(7)));
            book.Write(StateOf(entry, dispute, OperationKind.Dispute, asked, new GatewayOutcome.Processing(opened.Dispute), now));
            return Tell(entry, opened);
        });
    }

    /// <summary>A dispute is decided for the merchant: nothing is taken.</summary>
    /// <exception cref="InvalidOperationException">There is no such dispute, or it is decided.</exception>
    public GatewayNotice.DisputeWon WinDispute(GatewayPaymentId dispute) => Ledger.Hold(book =>
    {
        var open = OpenDisputeOf(book, dispute);
        book.Write(open with { Current = new GatewayOutcome.Canceled(dispute) });
        return Tell(ChargeOf(book, open.Of!.Value), new GatewayNotice.DisputeWon(dispute, open.Asked));
    });

    /// <summary>A dispute is decided for the payer: the money is taken.</summary>
    /// <param name="dispute">The gateway's id of the dispute.</param>
    /// <param name="taken">How much; all that was disputed when left out.</param>
    /// <exception cref="InvalidOperationException">There is no such dispute, or it is decided.</exception>
    public GatewayNotice.DisputeLost LoseDispute(GatewayPaymentId dispute, Money? taken = null)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var open = OpenDisputeOf(book, dispute);
            var lost = new GatewayNotice.DisputeLost(dispute, taken ?? open.Asked);
            book.Write(
                open with { Current = new GatewayOutcome.Succeeded(dispute, lost.Amount) },
                new LedgerEntry(open.Reference, dispute, OperationKind.Dispute, lost.Amount, now, open.Tenant, open.Of));
            return Tell(ChargeOf(book, open.Of!.Value), lost);
        });
    }

    /// <summary>A direct debit comes back: its money is taken.</summary>
    /// <param name="charge">The gateway's id of the charge.</param>
    /// <param name="code">The bank's code.</param>
    /// <exception cref="InvalidOperationException">There is no such charge.</exception>
    public GatewayNotice.DebitReturned ReturnDebit(GatewayPaymentId charge, string code = "MD06")
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var entry = ChargeOf(book, charge);
            var reference = book.Free("rd", entry.Reference);
            var id = new GatewayPaymentId(reference.Value);
            book.Write(
                StateOf(entry, reference, OperationKind.Return, entry.Money, new GatewayOutcome.Succeeded(id, entry.Money), now),
                new LedgerEntry(reference, id, OperationKind.Return, entry.Money, now, entry.Tenant, charge));
            return Tell(entry, new GatewayNotice.DebitReturned(entry.Money, code, "The account holder did not agree to the debit."));
        });
    }

    /// <summary>Somebody gives money of a charge back at the gateway's own site, where nobody knows our references.</summary>
    /// <param name="charge">The gateway's id of the charge.</param>
    /// <param name="amount">How much; all that is refundable when left out.</param>
    /// <exception cref="InvalidOperationException">There is no such charge, or not so much left of it.</exception>
    public GatewayNotice.RefundedElsewhere RefundElsewhere(GatewayPaymentId charge, Money? amount = null)
    {
        var now = _time.GetUtcNow();
        return Ledger.Hold(book =>
        {
            var entry = ChargeOf(book, charge);
            var left = Money.FromMinorUnits(book.RefundableOf(charge, entry.Money.Currency), entry.Money.Currency);
            var asked = amount ?? left;
            if (!asked.IsPositive || asked > left) throw new InvalidOperationException($"{left} of charge {charge} can be given back; asked: {asked}.");
            var reference = book.Free("re", entry.Reference);
            var id = new GatewayPaymentId(reference.Value);
            book.Write(
                StateOf(entry, reference, OperationKind.Refund, asked, new GatewayOutcome.Succeeded(id, asked), now),
                new LedgerEntry(reference, id, OperationKind.Refund, asked, now, entry.Tenant, charge) { IsElsewhere = true });
            return Tell(entry, new GatewayNotice.RefundedElsewhere(id, asked));
        });
    }

    /// <summary>
    /// A refund that had succeeded did not reach the payer: the bank has sent it back, and what becomes of the money is between the merchant and the
    /// gateway. The ledger stays as it is.
    /// </summary>
    /// <param name="refund">The gateway's id of the refund.</param>
    /// <exception cref="InvalidOperationException">There is no such refund.</exception>
    public GatewayNotice.RefundFailed FailRefund(GatewayPaymentId refund) => Ledger.Hold(book =>
    {
        var entry = book.Entries.Find(e => e.GatewayPaymentId == refund && e.Kind == OperationKind.Refund) ?? throw new InvalidOperationException($"There is no refund {refund}.");
        return Tell(ChargeOf(book, entry.Of!.Value), new GatewayNotice.RefundFailed(refund, entry.Money, entry.IsElsewhere ? null : entry.Reference));
    });

    /// <summary>What the gateway's statement lists, sorted by its ids: every movement of its ledger from one time until another.</summary>
    /// <param name="from">From when on; from the beginning when left out.</param>
    /// <param name="until">Before when; to the end when left out.</param>
    /// <param name="tenant">In whose name; of every tenant when left out.</param>
    public IReadOnlyList<GatewayStatementLine> StatementOf(DateTimeOffset? from = null, DateTimeOffset? until = null, TenantId? tenant = null) =>
    [
        .. Ledger.Entries.Where(e => !(e.At < from) && !(e.At >= until) && (tenant is null || e.Tenant == tenant)).Select(e => new GatewayStatementLine(
                e.Kind == OperationKind.Return ? e.Of!.Value : e.GatewayPaymentId, LineKindOf(e.Kind), e.Money, e.At, e.IsElsewhere ? null : e.Reference, e.Of))
            .OrderBy(line => line.Id.Value, StringComparer.Ordinal),
    ];

    private static StatementLineKind LineKindOf(OperationKind kind) => kind switch
    {
        OperationKind.Refund or OperationKind.Void => StatementLineKind.Refund,
        OperationKind.Dispute => StatementLineKind.Dispute,
        OperationKind.Return => StatementLineKind.Return,
        _ => StatementLineKind.Payment,
    };

    private T Tell<T>(LedgerEntry charge, T notice)
        where T : GatewayNotice
    {
        lock (_news) _notices.Add(new(charge.Tenant, charge.GatewayPaymentId, notice));
        return notice;
    }

    private static ReferenceState StateOf(
        LedgerEntry charge, GatewayReference reference, OperationKind kind, Money asked, GatewayOutcome current, DateTimeOffset now) => new()
        {
            Reference = reference, Tenant = charge.Tenant, Kind = kind, Asked = asked, FirstAt = now, FirstAnswer = current, Current = current,
            Of = charge.GatewayPaymentId, KnownFrom = now,
        };

    private static LedgerEntry ChargeOf(LedgerBook book, GatewayPaymentId charge) =>
        book.Entries.Find(e => e.GatewayPaymentId == charge && !e.GivesBack) ?? throw new InvalidOperationException($"There is no charge {charge}.");

    private static ReferenceState OpenDisputeOf(LedgerBook book, GatewayPaymentId dispute) =>
        GatewayReference.TryCreate(dispute.Value, out var reference) && book.Find(reference) is { Kind: OperationKind.Dispute, Current: GatewayOutcome.Processing } open
            ? open
            : throw new InvalidOperationException($"There is no open dispute {dispute}.");
}
