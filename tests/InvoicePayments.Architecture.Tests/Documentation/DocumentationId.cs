using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>Builds the id under which the compiler writes a member into the documentation file.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Name(type),
        FieldInfo field => "F:" + Qualified(field),
        EventInfo added => "E:" + Qualified(added),
        PropertyInfo property => "P:" + Qualified(property) + Parameters(property.GetIndexParameters()),
        MethodBase method => "M:" + Qualified(method) + Arity(method) + Parameters(method.GetParameters()) + Conversion(method),
        _ => throw new NotSupportedException($"No documentation id for a {member.MemberType}."),
    };

    private static string Qualified(MemberInfo member) => Name(member.DeclaringType!) + "." + member.Name
        .Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');

    private static string Name(Type definition) => definition.FullName!.Replace('+', '.');

    private static string Arity(MethodBase method) => method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : "(" + string.Join(",", parameters.Select(p => Reference(p.ParameterType))) + ")";

    // Conversions may differ in their result alone.
    private static string Conversion(MethodBase method) =>
        method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? "~" + Reference(conversion.ReturnType) : "";

    private static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsArray) return Reference(type.GetElementType()!) + Dimensions(type.GetArrayRank());
        if (type.IsGenericMethodParameter) return "``" + type.GenericParameterPosition;
        if (type.IsGenericParameter) return "`" + type.GenericParameterPosition;
        return type.IsGenericType ? Constructed(type) : Name(type);
    }

    private static string Dimensions(int rank) => rank == 1 ? "[]" : "[" + string.Join(",", Enumerable.Repeat("0:", rank)) + "]";

    // Reflection hands all type arguments to the innermost type; the id gives each enclosing type its own.
    private static string Constructed(Type type)
    {
        var arguments = type.GetGenericArguments();
        var taken = type.DeclaringType is { } outer ? outer.GetGenericArguments().Length : 0;
        var own = arguments[taken..];
        var name = type.Name.Split('`')[0] + (own.Length == 0 ? "" : "{" + string.Join(",", own.Select(Reference)) + "}");
        if (type.DeclaringType is not { } declaring) return type.Namespace + "." + name;

        return (taken == 0 ? Name(declaring) : Constructed(declaring.MakeGenericType(arguments[..taken]))) + "." + name;
    }
}
