using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void OneLine_GivesStoreGatewayAndClock()
    {
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting(o => o.Latency = TimeSpan.Zero).UseScriptedGateway("second");
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<InMemoryPaymentStore>(), provider.GetRequiredService<IInvoicePaymentStore>());
        Assert.Same(provider.GetRequiredService<ManualTimeProvider>(), provider.GetRequiredService<TimeProvider>());
        var gateway = provider.GetRequiredService<ScriptedGateway>();
        Assert.Same(gateway, provider.GetRequiredKeyedService<ScriptedGateway>("test"));
        Assert.NotSame(gateway, provider.GetRequiredKeyedService<ScriptedGateway>("second"));
    }

    [Fact]
    public void CalledTwice_IsAsCalledOnce()
    {
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting();
        var count = services.Count;
        services.AddInvoicePaymentsTesting();
        Assert.Equal(count, services.Count);
    }
}
