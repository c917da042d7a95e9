namespace InvoicePayments;

/// <summary>The path of a request, taken apart.</summary>
internal sealed record RequestPath(IReadOnlyList<string> Segments, string Query)
{
    public static RequestPath Of(ForeignRequest request)
    {
        var parts = request.Path.Split('?', 2);
        return new([.. parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)], parts.Length == 2 ? parts[1] : "");
    }

    /// <summary>The invoice of <c>…/{resource}/{invoice}/{verb}</c>.</summary>
    public InvoiceId Invoice(string resource, string verb)
    {
        var at = Segments.Count - 3;
        if (at < 0 || Segments[at] != resource || Segments[at + 2] != verb) throw new FormatException($"The path is not …/{resource}/{{id}}/{verb}.");
        return new(Segments[at + 1]);
    }
}
