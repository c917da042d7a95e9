using System.Reflection;
using System.Xml.Linq;

namespace InvoicePayments.Tests;

/// <summary>The documentation file that lies beside an assembly.</summary>
internal sealed class DocumentationFile
{
    private readonly Dictionary<string, XElement> _members;

    public DocumentationFile(Assembly assembly)
        : this(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")))
    {
    }

    public DocumentationFile(XDocument document) =>
        _members = document.Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    public IEnumerable<string> Ids => _members.Keys;

    /// <summary>Whether something is said about the member: a summary with words in it, or where it is inherited from.</summary>
    public bool Says(string id) =>
        _members.TryGetValue(id, out var member)
        && (member.Element("inheritdoc") is not null || member.Element("summary") is { } summary && HasWords(summary));

    // A reference counts as a word: it shows as the name of what it refers to.
    private static bool HasWords(XElement summary) => summary.HasElements || !string.IsNullOrWhiteSpace(summary.Value);
}
