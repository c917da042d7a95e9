namespace InvoicePayments;

/// <summary>
/// The promises of <see cref="IPaymentGateway"/> as checks that run under any test framework. Every check uses references of its own.
/// The kit looks at the money, not only at the answers.
/// </summary>
public sealed partial class GatewayConformance
{
    private const int Crowd = 32;
    private readonly Func<CancellationToken, ValueTask<GatewayConformanceSubject>> _open;

    /// <summary>The kit for the gateways that <paramref name="open"/> opens.</summary>
    /// <param name="open">Gives the gateway; called once per check. It stays the host's: the kit disposes nothing.</param>
    public GatewayConformance(Func<CancellationToken, ValueTask<GatewayConformanceSubject>> open)
    {
        _open = open ?? throw new ArgumentNullException(nameof(open));
        Checks = [.. Charges(), .. Duplicates(), .. Resolutions(), .. Refunds(), .. Authorizations(), .. Links()];
    }

    /// <summary>All checks. Those that need what the profile does not offer, or the host cannot arrange, pass without asking.</summary>
    public IReadOnlyList<ConformanceCheck> Checks { get; }

    /// <summary>Runs all checks, one after the other, and reports.</summary>
    public Task<ConformanceReport> RunAllAsync(CancellationToken cancellationToken = default) => ConformanceReport.RunAsync(Checks, cancellationToken);

    private ConformanceCheck Check(string name, string sentence, Func<GatewayProbe, Task> run) => new(name, sentence, async cancellationToken =>
    {
        var subject = await _open(cancellationToken).ConfigureAwait(false);
        await run(new(subject, cancellationToken)).ConfigureAwait(false);
    });
}
