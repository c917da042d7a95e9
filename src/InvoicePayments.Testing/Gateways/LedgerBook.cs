namespace InvoicePayments;

/// <summary>What the ledger knows while it is held: read freely, written only by whole lines.</summary>
internal sealed class LedgerBook
{
    private readonly Dictionary<GatewayReference, ReferenceState> _states = [];
    private readonly List<LedgerLine> _unwritten = [];

    public List<LedgerEntry> Entries { get; } = [];

    public IReadOnlyList<LedgerLine> Unwritten => _unwritten;

    public ReferenceState? Find(GatewayReference reference) => _states.GetValueOrDefault(reference);

    /// <summary>What may still be given back of a charge: charged less refunded, zero for one that is not here.</summary>
    public long RefundableOf(GatewayPaymentId charge, Currency currency) => Entries
        .Where(e => e.Money.Currency == currency)
        .Sum(e => e.Kind == OperationKind.Charge && e.GatewayPaymentId == charge ? e.Money.MinorUnits : e.Of == charge ? -e.Money.MinorUnits : 0);

    public void Write(ReferenceState state, params IReadOnlyList<LedgerEntry> moved)
    {
        var line = new LedgerLine(moved, state);
        Apply(line);
        _unwritten.Add(line);
    }

    public void Apply(LedgerLine line)
    {
        _states[line.State.Reference] = line.State;
        Entries.AddRange(line.Moved);
    }

    public void Written() => _unwritten.Clear();
}
