using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace InvoicePayments.Tests;

public sealed class DocumentationTests
{
    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void EveryPublicMember_SaysWhatItIs(string library)
    {
        var assembly = Libraries.Named(library);
        var file = new DocumentationFile(assembly);
        var rooms = RoomMap.Of(assembly);
        var silent = Libraries.PublicTypes(assembly)
            .SelectMany(type => Libraries.PublicMembers(type).Prepend(type))
            .Where(member => !IsWrittenByNobody(member, rooms))
            .Select(DocumentationId.Of)
            .Where(id => !file.Says(id))
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.True(silent.Count == 0, $"{silent.Count} public members of {library} have no <summary> and no <inheritdoc/>. "
            + $"A property of a positional record has the <param> of the record.\n{string.Join('\n', silent)}");
    }

    [Theory]
    [InlineData("<summary>Pays.</summary>", true)]
    [InlineData("<summary><see cref='T:X'/></summary>", true)]
    [InlineData("<inheritdoc/>", true)]
    [InlineData("<summary> </summary>", false)]
    [InlineData("<remarks>Pays.</remarks>", false)]
    public void OnlyASummaryWithWords_Counts(string comment, bool counts) =>
        Assert.Equal(counts, new DocumentationFile(XDocument.Parse($"<doc><member name='T:X'>{comment}</member></doc>")).Says("T:X"));

    // The constructor that a class has when nobody wrote one has no place for a comment.
    private static bool IsWrittenByNobody(MemberInfo member, RoomMap rooms) =>
        member is ConstructorInfo { DeclaringType: { } type } constructor
        && constructor.GetParameters().Length == 0
        && !rooms.SourcesOf(type).Select(File.ReadAllText)
            .Any(code => Regex.IsMatch(code, $@"(public|protected) {type.Name.Split('`')[0]}\(\)"));
}
