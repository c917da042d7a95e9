namespace InvoicePayments;

/// <summary>What the ledger knows while it is held: read freely, written only by whole lines.</summary>
internal sealed class LedgerBook
{
    private readonly Dictionary<GatewayReference, ReferenceState> _states = [];
    private readonly Dictionary<GatewayPaymentId, GatewayReference> _authorizations = [];
    private readonly Dictionary<GatewayPaymentId, HashSet<GatewayReference>> _takers = [];
    private readonly List<LedgerLine> _unwritten = [];
    private int _disputes;

    public List<LedgerEntry> Entries { get; } = [];

    public IReadOnlyList<LedgerLine> Unwritten => _unwritten;

    public ReferenceState? Find(GatewayReference reference) => _states.GetValueOrDefault(reference);

    /// <summary>All disputes there have been.</summary>
    public IReadOnlyList<ReferenceState> Disputes => [.. _states.Values.Where(s => s.Kind == OperationKind.Dispute)];

    /// <summary>The first reference of this form that is still free; two charges may have come under one reference of ours.</summary>
    public GatewayReference Free(string prefix, GatewayReference of)
    {
        for (var n = 1; ; n++)
            if (new GatewayReference($"{prefix}{n}{of}") is var free && !_states.ContainsKey(free)) return free;
    }

    /// <summary>What open disputes hold back of a charge.</summary>
    public long HeldOf(GatewayPaymentId charge) => _disputes == 0 ? 0 : _states.Values
        .Where(s => s.Kind == OperationKind.Dispute && s.Of == charge && s.Current is GatewayOutcome.Processing).Sum(s => s.Asked.MinorUnits);

    /// <summary>What may still be given back of a charge: charged less refunded, taken or held, zero for one that is not here.</summary>
    public long RefundableOf(GatewayPaymentId charge, Currency currency) => Entries
        .Where(e => e.Money.Currency == currency)
        .Sum(e => !e.GivesBack && e.GatewayPaymentId == charge ? e.Money.MinorUnits : e.GivesBack && e.Of == charge ? -e.Money.MinorUnits : 0) - HeldOf(charge);

    /// <summary>When the money of a movement moved; null for one that is not here.</summary>
    public DateTimeOffset? MovedAt(GatewayPaymentId id) => Entries.FirstOrDefault(e => !e.GivesBack && e.GatewayPaymentId == id)?.At;

    /// <summary>The authorization with this id; null when there is none.</summary>
    public ReferenceState? Authorization(GatewayPaymentId id) => _authorizations.TryGetValue(id, out var reference) ? Find(reference) : null;

    /// <summary>What may still be captured of an authorization; zero for one that is over or not here.</summary>
    public long CapturableOf(GatewayPaymentId id) => Authorization(id) is { Current: GatewayOutcome.Authorized blocked } && !IsOver(id)
        ? blocked.Amount.MinorUnits - Entries.Where(e => e.Kind == OperationKind.Capture && e.Of == id).Sum(e => e.Money.MinorUnits)
        : 0;

    /// <summary>Whether a last capture or a void has ended an authorization.</summary>
    public bool IsOver(GatewayPaymentId id) => _takers.TryGetValue(id, out var takers)
        && takers.Any(t => Find(t) is { EndsAuthorization: true, Current: GatewayOutcome.Succeeded });

    public void Write(ReferenceState state, params IReadOnlyList<LedgerEntry> moved)
    {
        var line = new LedgerLine(moved, state);
        Apply(line);
        _unwritten.Add(line);
    }

    public void Apply(LedgerLine line)
    {
        if (line.State.Kind == OperationKind.Dispute) _disputes++;
        _states[line.State.Reference] = line.State;
        if (line.State is { Kind: OperationKind.Authorize, Current: GatewayOutcome.Authorized { Id: var id } }) _authorizations[id] = line.State.Reference;
        if (line.State is { EndsAuthorization: true, Of: { } of })
        {
            if (!_takers.TryGetValue(of, out var takers)) _takers[of] = takers = [];
            takers.Add(line.State.Reference);
        }

        Entries.AddRange(line.Moved);
    }

    public void Written() => _unwritten.Clear();
}
