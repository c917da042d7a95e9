namespace InvoicePayments;

/// <summary>A finding with the means to mend it. Nothing has changed until <see cref="ApplyAsync"/> is called.</summary>
public sealed class StatementMismatch
{
    private readonly Func<IDecidable<PaymentResult>, CancellationToken, Task<PaymentResult>> _run;

    internal StatementMismatch(StatementFinding finding, Func<IDecidable<PaymentResult>, CancellationToken, Task<PaymentResult>> run) => (Finding, _run) = (finding, run);

    /// <summary>What does not agree.</summary>
    public StatementFinding Finding { get; }

    /// <summary>The command that would mend it; null where a person has to look.</summary>
    public IDecidable<PaymentResult>? Proposed => Finding.Proposed;

    /// <summary>Carries out what is proposed. Doing it twice is harmless: what the gateway says is evidence, and counts once.</summary>
    /// <exception cref="InvalidOperationException">Nothing is proposed.</exception>
    public Task<PaymentResult> ApplyAsync(CancellationToken cancellationToken = default) =>
        Proposed is { } command
            ? _run(command, cancellationToken)
            : throw new InvalidOperationException("Nothing is proposed for this finding: a person has to look. See Proposed.");

    /// <summary>The finding.</summary>
    public override string ToString() => Finding.ToString();
}
