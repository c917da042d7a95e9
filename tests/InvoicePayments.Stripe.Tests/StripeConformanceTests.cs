using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>The kit for gateways, over HTTP.</summary>
public sealed class StripeConformanceTests
{
    public static TheoryData<string> Checks { get; } = [.. new GatewayConformance(_ => throw new InvalidOperationException()).Checks.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task TheAdapterKeepsWhatItsProfilePromises(string check)
    {
        await using var host = await StripeHost.OpenAsync();
        var kit = new GatewayConformance(_ => ValueTask.FromResult(new GatewayConformanceSubject
        {
            Gateway = host.Gateway,
            Name = StripeHost.Stripe,
            Succeeds = new("pm_card_visa"),
            Declines = new("pm_card_chargeDeclinedInsufficientFunds"),
            Moved = (reference, _) => ValueTask.FromResult(host.Moved(reference)),
            LoseNextAnswer = _ =>
            {
                host.Server.Next(new Fault { CutAnswerAt = 0 });
                return default;
            },
        }));

        await kit.Checks.Single(c => c.Name == check).RunAsync(StripeHost.Token);
    }
}
