using System.Reflection;
using System.Text.Json.Serialization;

namespace InvoicePayments.Tests;

public sealed class PublicApiTests
{
    [Theory]
    [MemberData(nameof(Libraries.Names), MemberType = typeof(Libraries))]
    public void ThePublicApiIsWhatWasApproved(string library)
    {
        var path = SourceTree.PathOf("tests", "InvoicePayments.Architecture.Tests", "ApprovedApi", library + ".txt");

        ApprovedText.Check(path, SourceTree.Read(path), Listing(Libraries.Named(library)));
    }

    [Fact]
    public void WhatCameAndWhatWent_IsShownLineByLine() =>
        Assert.Equal("- gone\n+ new", ApprovedText.Difference("same\ngone", "new\nsame"));

    private static string Listing(Assembly assembly) => string.Join("\n\n", Libraries.PublicTypes(assembly)
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => string.Join('\n', Members(type).Select(line => "    " + line).Prepend(TypeSignature.Of(type))))) + "\n";

    // What a generator adds to a JSON context follows from the types, which are listed themselves.
    private static IEnumerable<string> Members(Type type) => type.IsSubclassOf(typeof(JsonSerializerContext)) ? [] :
        Libraries.PublicMembers(type).Concat(type.IsSubclassOf(typeof(Delegate)) ? [type.GetMethod("Invoke")!] : [])
            .Where(member => member is not TypeInfo)
            .OrderBy(member => type.IsEnum && member is FieldInfo value ? Convert.ToInt64(value.GetRawConstantValue(), null) : 0)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(MemberSignature.Of, StringComparer.Ordinal)
            .Select(MemberSignature.Of);
}
