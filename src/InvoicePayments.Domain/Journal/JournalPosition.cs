namespace InvoicePayments;

/// <summary>
/// Where an invoice stands in the books after each fact, and what has to be booked to get from one standing to the next: the receivable is
/// what is due, bad debts are what is due on an invoice that was given up, refunds payable are what is overpaid. Cash moves with the money.
/// What is left over belongs to sales where the document changed, to refunds where money moved, and to chargebacks where it
/// was taken.
/// </summary>
internal sealed class JournalPosition
{
    private static readonly JournalAccount Receivable = new JournalAccount.Receivable(), BadDebts = new JournalAccount.BadDebts(),
        RefundsPayable = new JournalAccount.RefundsPayable(), Sales = new JournalAccount.Sales(), Refunds = new JournalAccount.Refunds(),
        OfflineClearing = new JournalAccount.OfflineClearing(), AccountCredit = new JournalAccount.AccountCredit(), Chargebacks = new JournalAccount.Chargebacks();

    private InvoiceDocument _document = InvoiceDocument.Draft;
    private InvoiceSums _sums;
    private readonly HashSet<PaymentId> _byCredit = [];
    private bool _isGrant;
    private Money? _total;

    /// <summary>The lines of the next fact; none when it moves nothing.</summary>
    internal IReadOnlyList<JournalLine> Follow(InvoiceEvent fact)
    {
        var (receivable, badDebts, payable) = Standing();
        var (cash, account, remainder) = Apply(fact);
        var (held, holder) = HeldBy(fact);
        if (remainder is null || _total is not { } total) return [];

        var now = Standing();
        (long Amount, JournalAccount Account)[] moves =
        [
            (cash - held, account), (held, holder), (now.Receivable - receivable, Receivable), (now.BadDebts - badDebts, BadDebts), (payable - now.Payable, RefundsPayable),
        ];
        var left = checked(moves.Sum(m => m.Amount));
        return [.. moves.Append((Amount: -left, Account: remainder)).Where(m => m.Amount != 0)
            .Select(m => new JournalLine(m.Account, Money.FromMinorUnits(m.Amount, total.Currency)))];
    }

    // What comes in for an operation comes from its gateway, or from outside where it has none.
    private (long Cash, JournalAccount Account, JournalAccount? Remainder) Apply(InvoiceEvent fact)
    {
        switch (fact)
        {
            // What is paid through an instalment is booked with the whole it belongs to, once.
            case InvoiceEvent.Issued { Payable: PayableKind.PaymentRequest }:
                return (0, OfflineClearing, null);
            case InvoiceEvent.Issued issued:
                _isGrant = issued.Payable == PayableKind.CreditGrant;
                (_total, _document) = (issued.Total, InvoiceDocument.Open);
                return (0, OfflineClearing, _isGrant ? AccountCredit : Sales);
            case InvoiceEvent.Voided:
                _document = InvoiceDocument.Void;
                return (0, OfflineClearing, _isGrant ? AccountCredit : Sales);
            case InvoiceEvent.MarkedUncollectible:
                _document = InvoiceDocument.Uncollectible;
                return (0, OfflineClearing, _isGrant ? AccountCredit : Sales);
            case InvoiceEvent.Succeeded moved:
                return (Move(moved, moved.Moved.MinorUnits, moved.DueAgain), CashOf(moved), _isGrant ? AccountCredit : Refunds);
            case InvoiceEvent.LateAnswer late:
                return (Move(late, late.Moved.MinorUnits, late.DueAgain), CashOf(late), _isGrant ? AccountCredit : Refunds);
            case InvoiceEvent.DisputeOpened or InvoiceEvent.DisputeWon:
                return (0, CashOf((InvoiceEvent.OperationEvent)fact), Chargebacks);
            case InvoiceEvent.DisputeLost lost:
                return (Take(lost.Taken), CashOf(lost), Chargebacks);
            case InvoiceEvent.DebitReturned returned:
                return (Take(returned.Taken), CashOf(returned), Chargebacks);
            case InvoiceEvent.Reopened again:
                _sums = _sums.Reopen(again.Amount.MinorUnits);
                return (0, OfflineClearing, Chargebacks);
            default:
                return (0, OfflineClearing, null);
        }
    }

    // What is held back stays ours, and is not at hand.
    private static (long Held, JournalAccount Account) HeldBy(InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.DisputeOpened opened => (opened.Held.MinorUnits, new JournalAccount.Disputed(opened.Gateway!.Value)),
        InvoiceEvent.DisputeWon won => (-won.Released.MinorUnits, new JournalAccount.Disputed(won.Gateway!.Value)),
        InvoiceEvent.DisputeLost lost => (-lost.Released.MinorUnits, new JournalAccount.Disputed(lost.Gateway!.Value)),
        _ => (0, OfflineClearing),
    };

    private long Take(Money amount)
    {
        _sums = _sums.Take(amount.MinorUnits);
        return -amount.MinorUnits;
    }

    private long Move(InvoiceEvent.OperationEvent fact, long amount, bool dueAgain)
    {
        var isBack = fact.Kind is OperationKind.Refund or OperationKind.Void;
        _sums = isBack ? _sums.GiveBack(amount, dueAgain) : _sums.Receive(amount);
        return isBack ? -amount : amount;
    }

    private (long Receivable, long BadDebts, long Payable) Standing()
    {
        if (_total is not { MinorUnits: var total }) return default;
        var due = _document is InvoiceDocument.Open or InvoiceDocument.Uncollectible ? _sums.DueOf(total) : 0;
        var overpaid = _sums.OverpaidOf(_document == InvoiceDocument.Void ? 0 : total);
        return _document == InvoiceDocument.Uncollectible ? (0, due, overpaid) : (due, 0, overpaid);
    }

    // What was paid with credit goes back to where it came from.
    private JournalAccount CashOf(InvoiceEvent.OperationEvent fact)
    {
        if (fact.Kind == OperationKind.Credit) _byCredit.Add(fact.Payment);
        if (_byCredit.Contains(fact.Payment)) return AccountCredit;
        return fact.Gateway is { } gateway ? new JournalAccount.Cash(gateway) : OfflineClearing;
    }
}
