namespace InvoicePayments.Tests;

public sealed class DocumentationIdTests
{
    [Fact]
    public void EveryShapeOfMember_HasTheIdThatTheCompilerGivesIt()
    {
        var prefix = typeof(DocumentationIdSamples<>).FullName!;
        var here = typeof(DocumentationIdTests).Assembly;
        var byTheCompiler = new DocumentationFile(here).Ids.Where(id => id.Contains(prefix, StringComparison.Ordinal));
        var byUs = Libraries.PublicTypes(here)
            .Where(type => type.FullName!.StartsWith(prefix, StringComparison.Ordinal))
            .SelectMany(type => Libraries.PublicMembers(type).Prepend(type))
            .Select(DocumentationId.Of);

        Assert.Equal(byTheCompiler.Order(StringComparer.Ordinal), byUs.Order(StringComparer.Ordinal));
    }
}
