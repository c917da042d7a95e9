namespace InvoicePayments.Benchmarks;

/// <summary>A gateway that says yes after a while.</summary>
internal sealed class SlowGateway : IPaymentGateway
{
    private static readonly Guarantee Replays = new() { Duplicates = DuplicateRule.ReplaySameResult, Window = TimeSpan.FromDays(1) };

    private long _charges;

    internal TimeSpan Takes { get; set; }

    internal long Charges => Interlocked.Read(ref _charges);

    public GatewayProfile Profile { get; } = new() { Operations = new Dictionary<OperationKind, Guarantee> { [OperationKind.Charge] = Replays } };

    public async Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _charges);
        if (Takes > TimeSpan.Zero) await Task.Delay(Takes, cancellationToken);
        return new GatewayOutcome.Succeeded(new("ch_" + command.Reference), command.Amount);
    }

    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        Task.FromResult<GatewayResolution>(new GatewayResolution.NotYet());
}
