namespace InvoicePayments.Tests;

/// <summary>A gateway that keeps what it was asked, and does what a scripted one does.</summary>
public sealed class SpyGateway(ScriptedGateway inner, GatewayProfile? profile = null) : IPaymentGateway
{
    private readonly List<GatewayCommand> _commands = [];

    public IReadOnlyList<GatewayCommand> Commands => _commands;

    public GatewayCommand.Charge Charge => Assert.IsType<GatewayCommand.Charge>(_commands[^1]);

    public GatewayProfile Profile { get; } = profile ?? inner.Profile;

    public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        _commands.Add(command);
        return inner.ExecuteAsync(command, cancellationToken);
    }

    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) => inner.ResolveAsync(trace, cancellationToken);
}
