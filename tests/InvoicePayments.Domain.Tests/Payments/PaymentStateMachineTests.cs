using static InvoicePayments.OperationStatus;

namespace InvoicePayments.Tests;

public sealed class PaymentStateMachineTests
{
    private static readonly OperationStatus[] Open = [Pending, Unknown, ActionRequired, Processing, Authorized, NeedsAttention];
    private static readonly OperationStatus[] Final = [Succeeded, Declined, Failed, Canceled, Expired];

    [Fact]
    public void TheTableKnowsEveryStatus() =>
        Assert.Equal(Enum.GetValues<OperationStatus>().Order(), PaymentStateMachine.Transitions.Keys.Order());

    [Fact]
    public void AFinalStatusHasNoWayOnAndEveryOtherHas() =>
        Assert.All(Enum.GetValues<OperationStatus>(), status => Assert.Equal(Final.Contains(status), PaymentStateMachine.IsFinal(status)));

    [Fact]
    public void EveryOpenStatusMayEndInEveryFinalOne() =>
        Assert.All(Open, from => Assert.All(Final, to => Assert.True(PaymentStateMachine.Allows(from, to))));

    [Fact]
    public void AmongTheOpenOnesNewsLeadsForwardOnly()
    {
        for (var from = 0; from < Open.Length; from++)
        {
            for (var to = 0; to < Open.Length; to++) Assert.Equal(to > from, PaymentStateMachine.Allows(Open[from], Open[to]));
        }
    }

    // The property on which the order-free law rests: to hear two things one after the other is to hear both.
    [Fact]
    public void TheTableIsTransitive()
    {
        foreach (var (a, next) in PaymentStateMachine.Transitions)
        {
            foreach (var b in next) Assert.All(PaymentStateMachine.Transitions[b], c => Assert.True(PaymentStateMachine.Allows(a, c)));
        }
    }
}
