namespace InvoicePayments.Tests;

public sealed class DocumentationIdTests
{
    [Fact]
    public void EveryShapeOfMember_HasTheIdThatTheCompilerGivesIt()
    {
        var prefix = typeof(DocumentationIdSamples<>).FullName!;
        var byTheCompiler = new DocumentationFile(typeof(DocumentationIdTests).Assembly).Ids.Where(id => id.Contains(prefix, StringComparison.Ordinal));
        var types = Libraries.PublicTypes(typeof(DocumentationIdTests).Assembly).Where(t => t.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        var byUs = types.SelectMany(type => Libraries.PublicMembers(type).Prepend(type)).Select(DocumentationId.Of);

        Assert.Equal(byTheCompiler.Order(StringComparer.Ordinal), byUs.Order(StringComparer.Ordinal).Where(id => !id.EndsWith("Nested`1.#ctor", StringComparison.Ordinal)));
    }
}
