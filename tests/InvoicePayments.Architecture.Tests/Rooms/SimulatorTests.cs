using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>Whatever a host can ask of the facade is wanted in the simulator too: a new call that it leaves out fails here.</summary>
public sealed class SimulatorTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What a notification tells is recorded by these two: the simulator sends notifications.
    private static readonly string[] ByNotifications = [nameof(IOperatePayments.RecordOutcomeAsync), nameof(IOperatePayments.RecordDisputeAsync)];

    [Fact]
    public void EveryCallOfTheFacade_IsWantedInTheSimulator()
    {
        var facade = typeof(IInvoicePaymentService).GetInterfaces().Append(typeof(IInvoicePaymentService)).ToHashSet();
        var calls = facade.SelectMany(port => port.GetMethods()).Select(call => call.Name).ToHashSet();

        var wanted = typeof(Simulation).Assembly.GetTypes().Where(IsOfTheWorld).SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.GetMethodBody() is not null)
            .SelectMany(method => Instructions.MembersIn(method, method.GetMethodBody()!))
            .Where(member => member.DeclaringType is { } port && facade.Contains(port)).Select(member => member.Name).ToHashSet();

        Assert.Equal(ByNotifications.Order(StringComparer.Ordinal), calls.Except(wanted).Order(StringComparer.Ordinal));
    }

    private static bool IsOfTheWorld(Type type) =>
        type.DeclaringType is { } outer ? IsOfTheWorld(outer) : type.Name is "Workload" or "World";
}
