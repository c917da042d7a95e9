using System.Reflection;
using System.Runtime.CompilerServices;

namespace InvoicePayments.Tests;

/// <summary>One line for one public type: what it is, what it derives from, what its type parameters have to be.</summary>
internal static class TypeSignature
{
    public static string Of(Type type)
    {
        var generic = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0);
        var space = type.Namespace == "InvoicePayments" ? "" : type.Namespace + ".";
        var access = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected " : "";
        return $"{access}{Kind(type)} {space}{CSharpNames.Of(type)}{Bases(type)}{string.Concat(generic.Select(Constraints))}";
    }

    /// <summary>What a type parameter asks for, with a space before it; empty when it asks for nothing.</summary>
    public static string Constraints(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var value = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> all = value ? ["struct"] : flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : [];
        all.AddRange(parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => CSharpNames.Of(c)));
        if (!value && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) all.Add("new()");
        return all.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return type.IsDefined(typeof(FlagsAttribute), false) ? "[Flags] enum" : "enum";
        if (type.IsSubclassOf(typeof(Delegate))) return "delegate";
        var record = IsRecord(type);
        var frozen = type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "";
        if (type.IsValueType) return frozen + (record ? "record struct" : "struct");

        return (type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "")
            + (record ? "record" : "class");
    }

    // Only a record has its == from the compiler, and no record may write its own.
    private static bool IsRecord(Type type) =>
        type.GetMethod("op_Equality", BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly) is { } equality
        && equality.IsDefined(typeof(CompilerGeneratedAttribute), false);

    // What every enum has, and what every record has with itself, says nothing.
    private static string Bases(Type type)
    {
        if (type.IsEnum) return Enum.GetUnderlyingType(type) == typeof(int) ? "" : " : " + CSharpNames.Of(Enum.GetUnderlyingType(type));
        if (type.IsSubclassOf(typeof(Delegate))) return "";
        var parent = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? b : null;
        var interfaces = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(i => i.IsVisible && !(IsRecord(type) && i == typeof(IEquatable<>).MakeGenericType(type)))
            .Select(i => CSharpNames.Of(i))
            .Order(StringComparer.Ordinal);
        string[] all = [.. parent is null ? [] : new[] { CSharpNames.Of(parent) }, .. interfaces];
        return all.Length == 0 ? "" : " : " + string.Join(", ", all);
    }
}
