using System.Reflection;
using System.Runtime.CompilerServices;

namespace InvoicePayments.Tests;

/// <summary>The assemblies that are shipped, and what of them a host can see.</summary>
internal static class Libraries
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<Assembly> All { get; } =
    [
        typeof(Money).Assembly,
        typeof(IInvoicePaymentService).Assembly,
        typeof(SqlitePaymentStore).Assembly,
        typeof(PostgreSqlPaymentStore).Assembly,
        typeof(StripeOptions).Assembly,
        typeof(ScriptedGateway).Assembly,
    ];

    public static TheoryData<string> Names { get; } = [.. All.Select(a => a.GetName().Name!)];

    public static Assembly Named(string name) => All.Single(a => a.GetName().Name == name);

    public static IEnumerable<Type> PublicTypes(Assembly assembly) => assembly.GetTypes().Where(IsVisible);

    /// <summary>What the type declares for others, without what the compiler adds to records.</summary>
    public static IEnumerable<MemberInfo> PublicMembers(Type type) =>
        type.IsSubclassOf(typeof(Delegate)) ? [] : type.GetMembers(Declared).Where(member => member switch
        {
            FieldInfo field => IsVisible(field.Attributes & FieldAttributes.FieldAccessMask, type) && !field.IsSpecialName,
            PropertyInfo property => property.Name != "EqualityContract" && property.GetAccessors(true).Any(IsVisible),
            EventInfo added => IsVisible(added.AddMethod!),
            ConstructorInfo constructor => !constructor.IsStatic && IsVisible(constructor) && !IsGenerated(constructor),
            MethodInfo method => IsVisible(method) && !IsGenerated(method) && !IsAccessor(method),
            _ => false,
        });

    public static bool IsVisible(MethodBase method) =>
        IsVisible((FieldAttributes)(method.Attributes & MethodAttributes.MemberAccessMask), method.DeclaringType!);

    private static bool IsVisible(Type type) =>
        type.IsPublic || (type.IsNested && IsVisible(type.DeclaringType!) && (type.IsNestedPublic
            || ((type.IsNestedFamily || type.IsNestedFamORAssem) && !type.DeclaringType!.IsSealed)));

    // Fields and methods write their access with the same numbers.
    private static bool IsVisible(FieldAttributes access, Type owner) =>
        access == FieldAttributes.Public || (access is FieldAttributes.Family or FieldAttributes.FamORAssem && !owner.IsSealed);

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsGenerated(MethodBase method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute), false) || method.Name.StartsWith('<');
}
