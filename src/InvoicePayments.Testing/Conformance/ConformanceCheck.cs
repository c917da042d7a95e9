namespace InvoicePayments;

/// <summary>One promise of a port, as something that can be run. Any test framework can run it: it throws when the promise is broken.</summary>
public sealed class ConformanceCheck
{
    private readonly Func<CancellationToken, Task> _run;

    internal ConformanceCheck(string name, string sentence, Func<CancellationToken, Task> run) => (Name, Sentence, _run) = (name, sentence, run);

    /// <summary>A short name without spaces, stable between versions: what a test is called.</summary>
    public string Name { get; }

    /// <summary>The promise, in a sentence.</summary>
    public string Sentence { get; }

    /// <summary>Runs it.</summary>
    /// <exception cref="ConformanceException">The promise is broken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _run(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is not ConformanceException && !cancellationToken.IsCancellationRequested)
        {
            // What the port throws where it should answer breaks the promise as well.
            throw new ConformanceException($"{Name}: {Sentence} But it threw {broken.GetType().Name}: {broken.Message}", broken);
        }
        catch (ConformanceException broken) when (!broken.Message.StartsWith(Name, StringComparison.Ordinal))
        {
            throw new ConformanceException($"{Name}: {Sentence} But {broken.Message}", broken);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
