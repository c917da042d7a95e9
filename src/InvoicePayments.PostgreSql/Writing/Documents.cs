namespace InvoicePayments;

/// <summary>Several ids in one text.</summary>
internal static class Documents
{
    // No id contains a control character.
    private const char Separator = '\u001f';

    internal static string Joined(IEnumerable<InvoiceId> ids)
    {
        string? first = null;
        List<string>? all = null;
        foreach (var id in ids)
        {
            if (first is null) first = id.Value;
            else (all ??= [first]).Add(id.Value);
        }

        return all is null ? first ?? "" : string.Join(Separator, all.Distinct());
    }
}

/// <summary>The names of enumerations, each made once.</summary>
internal static class Names
{
    private static readonly string[] Documents = Enum.GetNames<InvoiceDocument>();
    private static readonly string[] Kinds = Enum.GetNames<OperationKind>();
    private static readonly string[] Statuses = Enum.GetNames<OperationStatus>();

    internal static string Of(InvoiceDocument document) => Known(Documents, (int)document) ?? document.ToString();

    internal static string Of(OperationKind kind) => Known(Kinds, (int)kind) ?? kind.ToString();

    internal static string Of(OperationStatus status) => Known(Statuses, (int)status) ?? status.ToString();

    // None of the three leaves a number out or gives one twice.
    private static string? Known(string[] names, int value) => value >= 0 && value < names.Length ? names[value] : null;
}
