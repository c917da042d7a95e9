namespace InvoicePayments;

/// <summary>What must hold of a change set before any database is asked.</summary>
internal static class ChangeSets
{
    /// <summary>Whether one row is in it twice: no version of a row can be the next one twice.</summary>
    internal static bool NamesARowTwice(ChangeSet changes) =>
        Twice(changes.Invoices, static i => i.Id) || Twice(changes.Operations, static o => o.Operation.Id) || Twice(changes.Payments, static p => p.Id)
        || Twice(changes.Facts, static f => (f.Invoice, f.Sequence)) || Twice(changes.Credits, static c => (c.Account, c.Currency))
        || Twice(changes.CreditFacts, static f => (f.Account, f.Currency, f.Sequence));

    /// <summary>Whether its sums are what the schema takes.</summary>
    internal static bool Hold(ChangeSet changes)
    {
        foreach (var invoice in changes.Invoices)
            if (!Holds(invoice)) return false;
        foreach (var credit in changes.Credits)
            if (!credit.Holds) return false;
        return true;
    }

    internal static void RequireOneTenant(ChangeSet changes)
    {
        var tenant = changes.Tenant;
        var isOne = All(changes.Invoices, tenant, static (i, t) => i.Tenant == t)
            && All(changes.Operations, tenant, static (o, t) => o.Operation.Tenant == t && (o.Command is null || o.Command.Tenant == t))
            && All(changes.Payments, tenant, static (p, t) => p.Tenant == t) && All(changes.Facts, tenant, static (f, t) => f.Tenant == t)
            && All(changes.Credits, tenant, static (c, t) => c.Tenant == t) && All(changes.CreditFacts, tenant, static (f, t) => f.Tenant == t)
            && All(changes.Parked, tenant, static (p, t) => p.Tenant == t);
        if (!isOne) throw new ArgumentException("Everything in a change set belongs to its tenant.", nameof(changes));
    }

    private static bool Holds(Invoice invoice)
    {
        try
        {
            return invoice.Sums.HoldFor(invoice.Total.MinorUnits);
        }
        catch (OverflowException)
        {
            // Sums that do not even fit do not hold either.
            return false;
        }
    }

    private static bool All<T>(IReadOnlyList<T> rows, TenantId tenant, Func<T, TenantId, bool> belongs)
    {
        for (var i = 0; i < rows.Count; i++)
            if (!belongs(rows[i], tenant)) return false;
        return true;
    }

    private static bool Twice<T, TKey>(IReadOnlyList<T> rows, Func<T, TKey> key)
        where TKey : IEquatable<TKey>
    {
        if (rows.Count < 2) return false;
        if (rows.Count == 2) return key(rows[0]).Equals(key(rows[1]));
        var seen = new HashSet<TKey>(rows.Count);
        foreach (var row in rows)
            if (!seen.Add(key(row))) return true;
        return false;
    }
}
