namespace InvoicePayments;

/// <summary>
/// The versions that this process was the last to store of the invoices about which somebody is asking a gateway. They save a commit that would be in
/// vain, and nothing depends on them: what another host stores is not among them.
/// </summary>
internal sealed class LastVersions
{
    private readonly Dictionary<LaneKey, (long Version, int Watchers)> _last = [];

    /// <summary>To be called as soon as they are stored.</summary>
    internal void Watch(IReadOnlyList<Invoice> invoices)
    {
        lock (_last)
        {
            foreach (var invoice in invoices)
            {
                var last = _last.GetValueOrDefault(KeyOf(invoice));
                _last[KeyOf(invoice)] = (Math.Max(last.Version, invoice.Version), last.Watchers + 1);
            }
        }
    }

    internal void Stored(IReadOnlyList<Invoice> invoices)
    {
        lock (_last)
        {
            if (_last.Count == 0) return;
            foreach (var invoice in invoices)
            {
                if (_last.TryGetValue(KeyOf(invoice), out var last)) _last[KeyOf(invoice)] = last with { Version = Math.Max(last.Version, invoice.Version) };
            }
        }
    }

    /// <summary>Whether nobody has stored anything of them since, and ends the watch.</summary>
    internal bool Leave(IReadOnlyList<Invoice> invoices)
    {
        var areLast = true;
        lock (_last)
        {
            foreach (var invoice in invoices)
            {
                var last = _last[KeyOf(invoice)];
                areLast &= last.Version == invoice.Version;
                if (last.Watchers == 1) _last.Remove(KeyOf(invoice));
                else _last[KeyOf(invoice)] = last with { Watchers = last.Watchers - 1 };
            }
        }

        return areLast;
    }

    private static LaneKey KeyOf(Invoice invoice) => new(invoice.Tenant, invoice.Id.Value);
}
