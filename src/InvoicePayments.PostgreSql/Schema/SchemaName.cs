using System.Text;

namespace InvoicePayments;

/// <summary>The schema that holds the tables, checked and quoted: the one text of a host that gets into a statement.</summary>
internal readonly struct SchemaName
{
    private const int MaxBytes = 63;

    private readonly string _name;

    internal SchemaName(string name)
    {
        if (Problem(name) is { } problem) throw new ArgumentException(problem, nameof(name));
        _name = name;
    }

    /// <summary>As the host wrote it.</summary>
    internal string Plain => _name;

    /// <summary>As statements write it.</summary>
    public override string ToString() => Quoted(_name);

    /// <summary>A name as statements write it.</summary>
    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What is wrong with the name of a schema or a role; null when nothing is.</summary>
    internal static string? Problem(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "The name is missing.";
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes) return $"The name has at most {MaxBytes} bytes; PostgreSQL would cut a longer one.";
        if (name.Any(char.IsControl)) return "The name has no control characters.";
        return name.StartsWith("pg_", StringComparison.Ordinal) ? "Names that begin with pg_ belong to PostgreSQL." : null;
    }
}
