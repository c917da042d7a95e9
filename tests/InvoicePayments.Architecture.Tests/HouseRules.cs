using System.Reflection;

namespace InvoicePayments.Tests;

public sealed class HouseRules
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Util", "Utils", "Base", "Impl"];

    // DisposeAsync is the runtime's own shape and takes no token.
    private static readonly string[] WithoutToken = [nameof(IAsyncDisposable.DisposeAsync)];

    private static IEnumerable<Type> PublicTypes => Libraries.All.SelectMany(Libraries.PublicTypes);

    [Fact]
    public void AHostWritesOneUsing()
    {
        var elsewhere = PublicTypes.Where(type => type.Namespace != "InvoicePayments" && !IsRegistration(type));

        AssertNone(elsewhere, "Public types live in InvoicePayments, and only *Extensions in Microsoft.Extensions.DependencyInjection");
    }

    [Fact]
    public void AClassIsSealedOrMeantToBeDerivedFrom()
    {
        var open = PublicTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract);

        AssertNone(open, "Public classes are sealed, static or abstract");
    }

    [Fact]
    public void WhatTakesTimeTakesATokenLast()
    {
        var deaf = PublicTypes.SelectMany(Libraries.PublicMembers).OfType<MethodInfo>()
            .Where(method => IsAwaitable(method.ReturnType) && !WithoutToken.Contains(method.Name))
            .Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken));

        AssertNone(deaf, "Public asynchronous methods take a CancellationToken as their last parameter");
    }

    [Fact]
    public void ANameSaysWhatAThingIs()
    {
        var vague = PublicTypes.Where(type => EmptyWords.Any(word => type.Name.Split('`')[0].EndsWith(word, StringComparison.Ordinal)));

        AssertNone(vague, $"No public type is called {string.Join(", ", EmptyWords)}");
    }

    private static bool IsRegistration(Type type) =>
        type is { IsAbstract: true, IsSealed: true, Namespace: "Microsoft.Extensions.DependencyInjection" }
        && type.Name.EndsWith("Extensions", StringComparison.Ordinal);

    private static bool IsAwaitable(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static void AssertNone(IEnumerable<MemberInfo> wrong, string rule)
    {
        var lines = wrong.Select(DocumentationId.Of).Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{rule}:\n{string.Join('\n', lines)}");
    }
}
