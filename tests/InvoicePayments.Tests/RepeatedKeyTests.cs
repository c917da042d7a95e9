using Microsoft.Extensions.DependencyInjection;

namespace InvoicePayments.Tests;

public sealed class RepeatedKeyTests : IAsyncDisposable
{
    private static readonly InvoiceId Id = new("inv_1");
    private static readonly PayInvoice Pay = new() { InvoiceId = Id, Key = "k1", Gateway = new("test"), Token = ScriptedTokens.Visa };
    private readonly ServiceProvider _provider;
    private readonly IInvoicePaymentService _service;
    private readonly ScriptedGateway _gateway;
    private readonly ManualTimeProvider _time;

    public RepeatedKeyTests()
    {
        var services = new ServiceCollection();
        services.AddInvoicePaymentsTesting();
        _provider = services.BuildServiceProvider();
        _service = _provider.GetRequiredService<IInvoicePaymentService>();
        _gateway = _provider.GetRequiredService<ScriptedGateway>();
        _time = _provider.GetRequiredService<ManualTimeProvider>();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhenNobodyHeardHowAChallengeEnded_TheSameKeyAsksOnceItsTimeIsOver(bool passed)
    {
        var challenged = Assert.IsType<PaymentResult.ActionRequired>(await PayAsync(ScriptedBehaviour.RequireAction()));
        if (passed) _gateway.CompleteChallenge(challenged.Operation!.Reference);

        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.IsType<PaymentResult.ActionRequired>(await SendAsync());
        Assert.Single(_gateway.Calls);

        _time.Advance(TimeSpan.FromMinutes(1));
        var ended = await SendAsync();
        Assert.Equal(passed ? OperationStatus.Succeeded : OperationStatus.Expired, ended.Operation!.Status);
        Assert.Equal(passed ? Money.Zero(Currency.EUR) : ended.Invoice!.Total, ended.Invoice!.Payable);
    }

    [Fact]
    public async Task WhenTheGatewayTakesItsTime_TheSameKeyAsksAgainWhenThatIsDue()
    {
        var processing = Assert.IsType<PaymentResult.Processing>(await PayAsync(ScriptedBehaviour.Process(TimeSpan.FromMinutes(1))));
        _gateway.Settle(processing.Operation!.Reference);

        Assert.IsType<PaymentResult.Processing>(await SendAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<PaymentResult.Succeeded>(await SendAsync());
        Assert.Single(_gateway.Ledger.Entries);
    }

    private async Task<PaymentResult> PayAsync(ScriptedBehaviour behaviour)
    {
        await _service.IssueAsync(
            new() { InvoiceId = Id, Account = new("acc_ada"), Total = Money.FromMinorUnits(1250, Currency.EUR) },
            TestContext.Current.CancellationToken);
        _gateway.Next(behaviour);
        return await SendAsync();
    }

    private Task<PaymentResult> SendAsync() => _service.PayAsync(Pay, TestContext.Current.CancellationToken);
}
