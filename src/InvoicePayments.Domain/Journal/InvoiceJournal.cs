namespace InvoicePayments;

/// <summary>
/// The double-entry journal of one invoice. It is kept nowhere: it follows from the facts, so it cannot say anything else than they do.
/// </summary>
public sealed class InvoiceJournal
{
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<JournalAccount, Money> _balances = [];
    private readonly JournalPosition _position = new();

    /// <summary>The entries, oldest first. Facts that move nothing have none.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>What every account says that was ever booked on: the trial balance, which always sums to zero.</summary>
    public IReadOnlyDictionary<JournalAccount, Money> Balances => _balances;

    /// <summary>The journal of these facts.</summary>
    /// <param name="facts">All facts of one invoice, oldest first.</param>
    public static InvoiceJournal Of(IEnumerable<InvoiceEvent> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var journal = new InvoiceJournal();
        foreach (var fact in facts) journal.Post(fact);
        return journal;
    }

    /// <summary>Books the next fact.</summary>
    /// <exception cref="OverflowException">A balance does not fit in a <see cref="long"/>.</exception>
    public void Post(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var lines = _position.Follow(fact);
        if (lines.Count == 0) return;

        foreach (var line in lines) _balances[line.Account] = BalanceOf(line.Account, line.Amount.Currency) + line.Amount;
        _entries.Add(new(fact.Sequence, fact.At, lines));
    }

    /// <summary>
    /// What is wrong with the books of <paramref name="invoice"/>; null when nothing is. The trial balance is zero, the receivable is what
    /// is due, refunds payable are what is overpaid, and the cash, with what is held back of it, is what came in less what was given back or taken.
    /// </summary>
    public string? Problem(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        if (invoice.Kind == PayableKind.PaymentRequest) return _entries.Count == 0 ? null : "an instalment is booked beside the whole it belongs to";
        var (zero, open, lost) = (Money.Zero(invoice.Currency), invoice.Document == InvoiceDocument.Open, invoice.Document == InvoiceDocument.Uncollectible);
        if (_entries.Find(e => e.Lines.Aggregate(zero, (sum, line) => sum + line.Amount) != zero) is { } lame) return $"entry {lame.Sequence} does not sum to zero";
        if (Sum(zero, _ => true) != zero) return $"the trial balance is {Sum(zero, _ => true)}";
        return Differs("receivable", Sum(zero, a => a is JournalAccount.Receivable), open ? invoice.Due : zero)
            ?? Differs("bad debts", Sum(zero, a => a is JournalAccount.BadDebts), lost ? invoice.Due : zero)
            ?? Differs("refunds payable", -Sum(zero, a => a is JournalAccount.RefundsPayable), invoice.Overpaid)
            ?? Differs("cash", Sum(zero, a => a is JournalAccount.Cash or JournalAccount.OfflineClearing or JournalAccount.Disputed || (a is JournalAccount.AccountCredit && invoice.Kind != PayableKind.CreditGrant)), Money.FromMinorUnits(invoice.Sums.Net, invoice.Currency));
    }

    private static string? Differs(string name, Money booked, Money told) => booked == told ? null : $"{name}: the journal says {booked} and the invoice {told}";

    private Money Sum(Money zero, Func<JournalAccount, bool> which) => _balances.Where(b => which(b.Key)).Aggregate(zero, (sum, b) => sum + b.Value);

    private Money BalanceOf(JournalAccount account, Currency currency) => _balances.TryGetValue(account, out var balance) ? balance : Money.Zero(currency);
}
