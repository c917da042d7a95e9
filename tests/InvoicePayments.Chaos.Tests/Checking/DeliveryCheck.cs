namespace InvoicePayments.Tests;

/// <summary>Whether every fact was delivered, in the order of its invoice, and none that is not there.</summary>
internal sealed class DeliveryCheck
{
    private readonly Dictionary<(string Invoice, long Sequence), long> _first = [];
    private readonly IReadOnlyDictionary<string, Invoice> _invoices;

    public DeliveryCheck(IReadOnlyList<Delivery> deliveries, IReadOnlyDictionary<string, Invoice> invoices)
    {
        (Count, _invoices) = (deliveries.Count, invoices);
        foreach (var (at, invoice, sequence) in deliveries)
            _first[(invoice, sequence)] = Math.Min(at, _first.GetValueOrDefault((invoice, sequence), long.MaxValue));
    }

    public int Count { get; }

    public bool IsComplete => _invoices.All(i => Enumerable.Range(1, (int)i.Value.FactCount).All(n => _first.ContainsKey((i.Key, n))));

    public IEnumerable<string> Violations()
    {
        foreach (var (id, invoice) in _invoices)
        {
            var before = long.MinValue;
            for (var n = 1L; n <= invoice.FactCount; n++)
            {
                if (!_first.TryGetValue((id, n), out var at)) yield return $"Fact {n} of {id} was never delivered.";
                else if (at < before) yield return $"Fact {n} of {id} was delivered before the one before it.";
                else before = at;
            }
        }

        foreach (var (invoice, sequence) in _first.Keys)
            if (!_invoices.TryGetValue(invoice, out var kept) || sequence > kept.FactCount) yield return $"Fact {sequence} of {invoice} was delivered, and the books have lost it.";
    }
}
