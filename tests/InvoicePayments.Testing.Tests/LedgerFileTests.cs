namespace InvoicePayments.Tests;

public sealed class LedgerFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task TwoGatewaysAtOnce_MoveTheMoneyOfAReferenceOnce()
    {
        ScriptedGateway[] gateways = [Open(), Open()];
        await Parallel.ForAsync(0, 60, async (i, _) => await gateways[i % 2].AskAsync(Requests.Charge(reference: $"r{i / 4}", cents: 100)));
        Assert.Equal(1_500, gateways[0].Moved());
        Assert.Equal(gateways[0].Ledger.Entries, gateways[1].Ledger.Entries);
    }

    [Theory]
    [InlineData("tok_visa")]
    [InlineData("tok_declined")]
    [InlineData("tok_3ds")]
    [InlineData("tok_3ds_secret")]
    [InlineData("tok_processing")]
    [InlineData("tok_lost_after")]
    public async Task AnotherGateway_FindsTheReferenceAgain(string token)
    {
        var command = Requests.Charge(token);
        await Open().AskAsync(command);
        var before = await Open().ResolveAsync(command);
        Assert.IsType<GatewayResolution.Found>(before);
        Assert.Equal(before, new GatewayResolution.Found(token == "tok_lost_after" ? ((GatewayResolution.Found)before).Outcome : await Open().AskAsync(command)));
        Assert.True(Open().Ledger.Entries.Count <= 1);
    }

    [Fact]
    public async Task AChallenge_IsCompletedByAnotherProcess()
    {
        var (first, command) = (Open(), Requests.Charge("tok_3ds"));
        await first.AskAsync(command);
        Open().CompleteChallenge(command.Reference);
        Assert.IsType<GatewayOutcome.Succeeded>(Assert.IsType<GatewayResolution.Found>(await first.ResolveAsync(command)).Outcome);
        Assert.Equal(1_250, first.Moved());
    }

    [Fact]
    public async Task HalfALine_OfAKilledProcess_NeverHappened()
    {
        await Open().AskAsync(Requests.Charge());
        await File.AppendAllTextAsync(_path, "{\"moved\":[{\"reference\":\"abc", TestContext.Current.CancellationToken);
        Assert.Equal(1_250, Open().Moved());
        await Open().AskAsync(Requests.Charge());
        Assert.Equal(2_500, Open().Moved());
    }

    private ScriptedGateway Open() => new(new ScriptedGatewayOptions { Ledger = GatewayLedger.InFile(_path) });
}
