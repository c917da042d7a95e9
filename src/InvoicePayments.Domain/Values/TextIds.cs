using System.Diagnostics.CodeAnalysis;

namespace InvoicePayments;

/// <summary>What every identifier does the same way.</summary>
internal static class TextIds
{
    internal static string Require<T>(string? value)
        where T : struct, ITextId<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        return T.Problem(value) is { } problem ? throw new ArgumentException(problem, nameof(value)) : value;
    }

    internal static bool TryCreate<T>([NotNullWhen(true)] string? text, out T id)
        where T : struct, ITextId<T>
    {
        var allowed = T.Problem(text) is null;
        id = allowed ? T.Trust(text!) : default;
        return allowed;
    }

    internal static InvalidOperationException Unset<T>() => new($"This is default({typeof(T).Name}), which has no value.");

    /// <summary>For printing: a default value shows as a remark, because printing should never fail.</summary>
    internal static string Show<T>(string? text) => text ?? $"(no {typeof(T).Name})";
}
