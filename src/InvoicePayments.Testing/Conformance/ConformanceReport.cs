namespace InvoicePayments;

/// <summary>How a check went.</summary>
/// <param name="Check">The check.</param>
/// <param name="Failure">Which promise was broken and how; null when it was kept.</param>
public sealed record ConformanceResult(ConformanceCheck Check, string? Failure)
{
    /// <summary>Whether the promise was kept.</summary>
    public bool Passed => Failure is null;
}

/// <summary>How all checks of a kit went.</summary>
/// <param name="Results">One result per check, in the order of the kit.</param>
public sealed record ConformanceReport(IReadOnlyList<ConformanceResult> Results)
{
    /// <summary>The promises that were kept.</summary>
    public IEnumerable<ConformanceResult> Passed => Results.Where(r => r.Passed);

    /// <summary>The promises that were broken.</summary>
    public IEnumerable<ConformanceResult> Failed => Results.Where(r => !r.Passed);

    /// <summary>Whether every promise was kept.</summary>
    public bool AllPassed => Results.All(r => r.Passed);

    /// <summary>Throws unless every promise was kept.</summary>
    /// <exception cref="ConformanceException">Lists the broken promises.</exception>
    public void EnsurePassed()
    {
        if (!AllPassed) throw new ConformanceException(ToString());
    }

    /// <summary>The broken promises as a list to read, or that there are none.</summary>
    public override string ToString() => AllPassed
        ? $"All {Results.Count} checks passed."
        : $"{Failed.Count()} of {Results.Count} checks failed:{Environment.NewLine}{string.Join(Environment.NewLine, Failed.Select(r => $"- {r.Failure}"))}";

    internal static async Task<ConformanceReport> RunAsync(IReadOnlyList<ConformanceCheck> checks, CancellationToken cancellationToken)
    {
        var results = new List<ConformanceResult>();
        foreach (var check in checks)
        {
            try
            {
                await check.RunAsync(cancellationToken).ConfigureAwait(false);
                results.Add(new(check, null));
            }
            catch (ConformanceException broken)
            {
                results.Add(new(check, broken.Message));
            }
        }

        return new(results);
    }
}
