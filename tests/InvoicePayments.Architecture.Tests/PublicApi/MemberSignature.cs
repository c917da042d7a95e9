using System.Reflection;
using System.Runtime.CompilerServices;

namespace InvoicePayments.Tests;

/// <summary>One line for one public member, much as it is declared; the name of the type stands before the name of the member.</summary>
internal static class MemberSignature
{
    private static readonly NullabilityInfoContext Nulls = new();

    public static string Of(MemberInfo member) => Obsolete(member) + (member switch
    {
        FieldInfo field => Field(field),
        PropertyInfo property => Property(property),
        EventInfo added => $"event {CSharpNames.Of(added.EventHandlerType!, Nulls.Create(added))} {Owner(added)}.{added.Name}",
        ConstructorInfo constructor => $"{Access(constructor)}new {Owner(constructor)}({Parameters(constructor)})",
        MethodInfo method => Method(method),
        _ => throw new NotSupportedException($"No signature for a {member.MemberType}."),
    });

    private static string Owner(MemberInfo member) => CSharpNames.Of(member.DeclaringType!);

    // The compiler marks the constructors of types with required members for compilers that do not know those.
    private static string Obsolete(MemberInfo member) =>
        member.IsDefined(typeof(ObsoleteAttribute), false) && !member.IsDefined(typeof(CompilerFeatureRequiredAttribute), false)
            ? "[Obsolete] "
            : "";

    private static string Field(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum) return $"{Owner(field)}.{field.Name} = {field.GetRawConstantValue()}";

        var access = field.IsPublic ? "" : "protected ";
        var named = $"{CSharpNames.Of(field.FieldType, Nulls.Create(field))} {Owner(field)}.{field.Name}";
        return field.IsLiteral
            ? $"{access}const {named} = {CSharpNames.Literal(field.GetRawConstantValue(), field.FieldType)}"
            : $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{named}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(Libraries.IsVisible).ToList();
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } keys ? $"[{string.Join(", ", keys.Select(Parameter))}]" : "";
        return $"{Modifiers(accessors[0])}{required}{CSharpNames.Of(property.PropertyType, Nulls.Create(property))} "
            + $"{Owner(property)}.{property.Name}{index} {{ {string.Join(' ', accessors.Select(Accessor))} }}";
    }

    private static string Accessor(MethodInfo accessor) => Access(accessor) + (
        accessor.ReturnType != typeof(void) ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;"
        : "set;");

    private static string Method(MethodInfo method)
    {
        var types = method.GetGenericArguments();
        var generic = types.Length == 0 ? "" : $"<{string.Join(", ", types.Select(t => t.Name))}>";
        var result = (method.ReturnType.IsByRef ? "ref " : "") + CSharpNames.Of(method.ReturnType, Nulls.Create(method.ReturnParameter));
        return $"{Access(method)}{Modifiers(method)}{result} {Owner(method)}.{method.Name}{generic}({Parameters(method)})"
            + string.Concat(types.Select(TypeSignature.Constraints));
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface) return method.IsStatic ? "static abstract " : "";
        if (method.IsStatic) return "static ";
        if (method.GetBaseDefinition() != method) return "override ";
        return method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var rest = parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false);
        var passed = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : rest ? "params " : "";
        var otherwise = parameter.HasDefaultValue ? " = " + CSharpNames.Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{passed}{CSharpNames.Of(parameter.ParameterType, Nulls.Create(parameter))} {parameter.Name}{otherwise}";
    }
}
