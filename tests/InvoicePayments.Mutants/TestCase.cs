using System.Collections;
using System.Globalization;
using System.Reflection;

namespace InvoicePayments.Mutants;

/// <summary>A fact, or a theory with one row of its data, that can be run as often as one likes without a test runner.</summary>
internal sealed record TestCase(MethodInfo Method, object?[] Row)
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    internal string Name => $"{Method.ReflectedType!.Name}.{Method.Name}";

    /// <summary>The behaviours of the five systems that it carries.</summary>
    internal IReadOnlyList<string> Rows => [.. Attributes(Method, "ParityAttribute").SelectMany(a => (IReadOnlyList<string>)Get(a, "Ids"))];

    internal static IEnumerable<TestCase> Of(Assembly tests) => Of(tests, _ => true);

    /// <summary>Those that carry rows. The ones on a database are left out: they show the store's part, and the domain's is shown in memory.</summary>
    internal static IEnumerable<TestCase> CarryingRows(Assembly tests) => Of(tests, m => Attributes(m, "ParityAttribute").Any()
        && !m.ReflectedType!.Name.EndsWith("OnSqliteTests", StringComparison.Ordinal) && !m.ReflectedType.Name.EndsWith("OnPostgreSqlTests", StringComparison.Ordinal));

    private static IEnumerable<TestCase> Of(Assembly tests, Func<MethodInfo, bool> wanted) => tests.GetTypes().Where(t => t.IsPublic && !t.IsAbstract)
        .SelectMany(t => t.GetMethods()).Where(m => Attributes(m, "FactAttribute", "TheoryAttribute").Any() && wanted(m))
        .SelectMany(m => Attributes(m, "TheoryAttribute").Any() ? RowsOf(m).Select(row => new TestCase(m, row)) : [new(m, [])]);

    /// <summary>Runs it; what it throws comes out as it is.</summary>
    internal void Run()
    {
        var test = Method.IsStatic ? null : Activator.CreateInstance(Method.ReflectedType!);
        try
        {
            switch (Method.Invoke(test, BindingFlags.DoNotWrapExceptions, null, Arguments(), CultureInfo.InvariantCulture))
            {
                case Task task:
                    task.GetAwaiter().GetResult();
                    break;
                case ValueTask task:
                    task.AsTask().GetAwaiter().GetResult();
                    break;
            }
        }
        finally
        {
            (test as IDisposable)?.Dispose();
            (test as IAsyncDisposable)?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<object?[]> RowsOf(MethodInfo method)
    {
        foreach (var inline in Attributes(method, "InlineDataAttribute")) yield return (object?[])Get(inline, "Data");
        foreach (var named in Attributes(method, "MemberDataAttribute"))
        {
            var rows = method.ReflectedType!.GetProperty((string)Get(named, "MemberName"), Members)!.GetValue(null)!;
            foreach (var row in (IEnumerable)rows)
                yield return row as object?[] ?? (object?[])row.GetType().GetInterface("ITheoryDataRow")!.GetMethod("GetData")!.Invoke(row, null)!;
        }
    }

    private static IEnumerable<object> Attributes(MethodInfo method, params string[] names) =>
        method.GetCustomAttributes(true).Where(a => names.Contains(a.GetType().Name));

    private static object Get(object attribute, string property) => attribute.GetType().GetProperty(property)!.GetValue(attribute)!;

    // A row may leave out what has a default, list what is collected by params, and say 3 where a long is wanted.
    private object?[] Arguments() => [.. Method.GetParameters().Select((parameter, i) =>
    {
        if (i >= Row.Length) return parameter.DefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type.IsArray && Row[i] is not Array and not null)
        {
            var rest = Array.CreateInstance(type.GetElementType()!, Row.Length - i);
            Array.Copy(Row[i..], rest, rest.Length);
            return rest;
        }

        return Row[i] is IConvertible value && type.IsPrimitive ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : Row[i];
    })];
}
