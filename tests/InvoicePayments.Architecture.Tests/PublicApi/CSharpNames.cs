using System.Globalization;
using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>Writes types and values as C# does, with a question mark where null is allowed.</summary>
internal static class CSharpNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef) return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";

        // Whether a type parameter is nullable is for who fills it in, unless it is always a reference.
        var nullable = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType && !type.IsGenericParameter;
        return Plain(type, nullability) + (nullable ? "?" : "");
    }

    /// <summary>A value as it is written in code: of a constant, or a default.</summary>
    public static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        char letter => $"'{letter}'",
        bool truth => truth ? "true" : "false",
        Enum named => $"{type.Name}.{named}",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } set => $"{set.Name}.{Enum.ToObject(set, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;

        var arguments = type.GetGenericArguments();
        var within = nullability?.GenericTypeArguments is { } inner && inner.Length == arguments.Length ? inner : null;
        string[] names = [.. arguments.Select((argument, i) => Of(argument, within?[i]))];
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
            ? $"({string.Join(", ", names)})"
            : Path(type, names);
    }

    // Each enclosing type takes its own arguments from the front.
    private static string Path(Type type, string[] arguments)
    {
        var taken = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments[taken..];
        var name = type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own)}>");
        return type.DeclaringType is { } outer ? $"{Path(outer, arguments[..taken])}.{name}" : name;
    }
}
