using System.Collections;
using System.Reflection;

namespace InvoicePayments.Mutants;

/// <summary>An assembly into which Stryker has put all its changes at once, each behind a switch, and the switch.</summary>
internal sealed class MutatedAssembly
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private readonly FieldInfo _active, _captures;
    private readonly MethodInfo _reset, _covered;

    internal MutatedAssembly(Assembly assembly)
    {
        var control = assembly.GetTypes().Single(t => t.Name == "MutantControl");
        (_active, _captures) = (control.GetField("ActiveMutant", Any)!, control.GetField("CaptureCoverage", Any)!);
        (_reset, _covered) = (control.GetMethod("ResetCoverage", Any)!, control.GetMethod("GetCoverageData", Any)!);
    }

    /// <summary>The change that is in force; -1 for none.</summary>
    internal int Active
    {
        set => _active.SetValue(null, value);
    }

    /// <summary>Which changes <paramref name="run"/> reaches.</summary>
    internal IReadOnlyCollection<int> ReachedBy(Action run)
    {
        _reset.Invoke(null, null);
        _captures.SetValue(null, true);
        try
        {
            run();
        }
        finally
        {
            _captures.SetValue(null, false);
        }

        return ((IList)_covered.Invoke(null, null)!).Cast<IEnumerable>().SelectMany(list => list.Cast<int>()).ToHashSet();
    }
}
