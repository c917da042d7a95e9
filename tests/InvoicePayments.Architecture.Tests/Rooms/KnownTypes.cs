using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>
/// All types that a type names: in its base types, attributes, members and signatures, and in the bodies of its methods. Constants and
/// <c>nameof</c> leave no trace in a compiled body, so what is known through them alone is not seen.
/// </summary>
internal static class KnownTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static HashSet<Type> Of(Type type) => [.. Named(type).SelectMany(Parts)];

    private static IEnumerable<Type?> Named(Type type)
    {
        var members = type.GetMembers(Declared);
        return
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().Where(a => a.IsGenericParameter).SelectMany(a => a.GetGenericParameterConstraints()),
            .. Attributes(type),
            .. members.SelectMany(Attributes),
            .. members.OfType<FieldInfo>().Select(f => f.FieldType),
            .. members.OfType<PropertyInfo>().Select(p => p.PropertyType),
            .. members.OfType<MethodBase>().SelectMany(Signature),
            .. members.OfType<MethodBase>().SelectMany(Body),
        ];
    }

    private static IEnumerable<Type> Attributes(MemberInfo member) => member.CustomAttributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(n => n.TypedValue))
            .SelectMany(TypesIn)
            .Prepend(attribute.AttributeType));

    private static IEnumerable<Type> TypesIn(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type named => [named],
        IReadOnlyCollection<CustomAttributeTypedArgument> several => several.SelectMany(TypesIn),
        _ => [argument.ArgumentType],
    };

    private static IEnumerable<Type> Signature(MethodBase method) =>
    [
        .. method.GetParameters().Select(p => p.ParameterType),
        .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
        .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(a => a.GetGenericParameterConstraints()) : [],
    ];

    private static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) return [];
        return
        [
            .. body.LocalVariables.Select(v => v.LocalType),
            .. body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType),
            .. Instructions.MembersIn(method, body).SelectMany(Named),
        ];
    }

    private static IEnumerable<Type?> Named(MemberInfo used) => used switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodInfo method => [method.DeclaringType, method.ReturnType, .. method.GetGenericArguments()],
        _ => [used.DeclaringType],
    };

    // A list of money knows money.
    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter) return [];
        if (type.HasElementType) return Parts(type.GetElementType());
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Prepend(RoomMap.Outermost(type.GetGenericTypeDefinition()))
            : [RoomMap.Outermost(type)];
    }
}
