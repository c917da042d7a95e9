namespace InvoicePayments.Tests;

/// <summary>Names the behaviours of the five systems that a test carries.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ParityAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
