namespace InvoicePayments.Tests;

/// <summary>The simulated gateway behind an adapter that may claim, ask and look up wrongly.</summary>
internal sealed class BuggyGateway(IPaymentGateway inner) : IPaymentGateway, ICancelOperations
{
    private readonly Dictionary<GatewayReference, int> _asked = [];

    /// <summary>What it claims to guarantee, per kind of operation.</summary>
    public Func<Guarantee, Guarantee> Claim { get; init; } = guarantee => guarantee;

    /// <summary>How it asks the gateway, given how often it has asked for this before.</summary>
    public Func<IPaymentGateway, GatewayCommand, int, Task<GatewayOutcome>> Ask { get; init; } =
        (gateway, command, _) => gateway.ExecuteAsync(command, CancellationToken.None);

    /// <summary>How it finds out what became of something.</summary>
    public Func<IPaymentGateway, OperationTrace, Task<GatewayResolution>> LookUp { get; init; } =
        (gateway, trace) => gateway.ResolveAsync(trace, CancellationToken.None);

    public GatewayProfile Profile => inner.Profile with
    {
        Operations = inner.Profile.Operations.ToDictionary(kind => kind.Key, kind => Claim(kind.Value)),
        PaymentLinks = inner.Profile.PaymentLinks is { } links ? Claim(links) : null,
    };

    public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        var before = _asked.GetValueOrDefault(command.Reference);
        _asked[command.Reference] = before + 1;
        return Ask(inner, command, before);
    }

    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => LookUp(inner, trace);

    public async Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken)
    {
        if (inner is ICancelOperations able) await able.CancelAsync(trace, CancellationToken.None);
        return await LookUp(inner, trace);
    }

    /// <summary>A look-up in an index that is behind: what was asked for a moment ago is not there yet.</summary>
    public static async Task<GatewayResolution> LookAfterAsync(TimeSpan lag, IPaymentGateway gateway, OperationTrace trace)
    {
        var found = await gateway.ResolveAsync(trace, CancellationToken.None);
        var calls = ((ScriptedGateway)gateway).Calls;
        var sent = calls.LastOrDefault(c => c.Method == GatewayMethod.Execute && c.Reference == trace.Reference);
        return sent is not null && calls[^1].At - sent.At < lag ? new GatewayResolution.Absent() : found;
    }
}
