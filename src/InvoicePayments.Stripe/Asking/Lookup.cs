namespace InvoicePayments;

/// <summary>A list of Stripe's that is read page by page. It says apart what was found, what is surely not there, and that nobody can say.</summary>
internal sealed class Lookup<T>(Func<string?, Task<(StripeReply Reply, StripeList<T>? Page)>> read, Func<T, string> idOf, int pages, Func<DateTimeOffset> now)
    where T : class
{
    // Our times are of use over there only while the two clocks agree more or less.
    private static readonly TimeSpan Agreement = TimeSpan.FromMinutes(5);

    /// <summary>Everything that fits, in Stripe's order, until one no longer belongs.</summary>
    /// <param name="fits">What is looked for.</param>
    /// <param name="belongs">Until where to look; to the end when left out.</param>
    /// <returns>What was found, and whether the list was read as far as it had to be.</returns>
    internal async Task<(IReadOnlyList<T> Found, bool IsComplete)> AllAsync(Func<T, bool> fits, Func<T, bool>? belongs = null)
    {
        var found = new List<T>();
        string? after = null;
        var agree = true;
        for (var page = 0; page < pages; page++)
        {
            var (reply, list) = await read(after).ConfigureAwait(false);
            if (list is null) return (found, false);
            agree &= reply.At is not { } there || (there - now()).Duration() <= Agreement;
            foreach (var one in list.Data)
            {
                if (belongs is not null && !belongs(one)) return (found, agree);
                if (fits(one)) found.Add(one);
            }

            if (!list.HasMore || list.Data.Count == 0) return (found, agree);
            after = idOf(list.Data[^1]);
        }

        return (found, false);
    }
}
