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
        var once = Registrations();
        services.AddInvoicePaymentsTesting();
        Assert.Equal(once, Registrations());

        // The options are set once more, to the same.
        List<Type> Registrations() => [.. services.Select(s => s.ServiceType).Where(t => !t.Name.StartsWith("IConfigureOptions", StringComparison.Ordinal)).OrderBy(t => t.FullName)];
    }
}
