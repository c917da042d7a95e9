using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>Whatever becomes of the line, and wherever: money moves once, and what moved is found.</summary>
public sealed class LostAnswerTests
{
    private static readonly OperationKind[] Kinds = [OperationKind.Charge, OperationKind.Authorize, OperationKind.Capture, OperationKind.Void, OperationKind.Refund];

    // A class of places each: nothing, in the first line, in the head, at its end, in the body, before its last byte. Negative counts from the end.
    private static readonly long[] Places = [0, 1, 9, 60, 200, -2_000, -100, -1];

    public static TheoryData<OperationKind, long> Cuts { get; } = [.. Kinds.SelectMany(_ => Places, (kind, at) => new TheoryDataRow<OperationKind, long>(kind, at))];

    /// <summary>Where a line can be cut, by name; the second half of the names has moved money by then.</summary>
    private static readonly Dictionary<string, Fault?> Classes = new()
    {
        ["before the connection"] = null,
        ["after the request, before it is done"] = new() { CutBefore = true },
        ["after it is done, before the answer"] = new() { CutAnswerAt = 0 },
        ["in the first line"] = new() { CutAnswerAt = 9 },
        ["in the headers"] = new() { CutAnswerAt = 100 },
        ["between headers and body"] = new() { CutBodyAt = 0 },
        ["half of the body"] = new() { CutBodyAt = 0.5 },
        ["before the last byte"] = new() { CutAnswerAt = -1 },
    };

    public static TheoryData<OperationKind, string> EveryClass { get; } =
        [.. Kinds.SelectMany(_ => Classes.Keys, (kind, at) => new TheoryDataRow<OperationKind, string>(kind, at))];

    public static TheoryData<OperationKind> All { get; } = [.. Kinds];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task WhereverTheAnswerIsCut_MoneyMovesOnce_AndIsFound(OperationKind kind, long at)
    {
        await using var host = await StripeHost.OpenAsync();
        var command = await PreparedAsync(host, kind);
        host.Server.Next(new Fault { CutAnswerAt = at });

        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command));
        AssertDone(kind, Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command)).Outcome);
        AssertDone(kind, await host.AskAsync(command));
        AssertMovedOnce(host, command);
    }

    [Theory]
    [MemberData(nameof(EveryClass))]
    public async Task InEveryClassOfPlaces_TheSameRequestAgain_MovesMoneyOnce(OperationKind kind, string at)
    {
        await using var host = await StripeHost.OpenAsync();
        var command = await PreparedAsync(host, kind);
        if (Classes[at] is { } fault)
        {
            host.Server.Next(fault);
            Assert.Equal("connection_lost", Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command)).Why.Code);
            Assert.Equal(fault.CutBefore, await host.LookAsync(command) is GatewayResolution.Absent);
        }
        else
        {
            using var nowhere = new HttpClient { BaseAddress = new("http://127.0.0.1:1/") };
            var unconnected = new StripeGateway(new(new(() => nowhere), TimeProvider.System), new() { ApiKey = "sk_test_1" }, TimeProvider.System);
            Assert.IsType<GatewayOutcome.NotSent>(await unconnected.ExecuteAsync(command, StripeHost.Token));
        }

        for (var i = 0; i < 2; i++) AssertDone(kind, await host.AskAsync(command));
        AssertMovedOnce(host, command);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task WhenTheLineIsCutBeforeAnythingIsDone_NothingMoved_AndTheSameRequestMovesItOnce(OperationKind kind)
    {
        await using var host = await StripeHost.OpenAsync();
        var command = await PreparedAsync(host, kind);
        host.Server.Next(new Fault { CutBefore = true });

        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(command));
        Assert.IsType<GatewayResolution.Absent>(await host.LookAsync(command));
        Assert.Equal(0, host.Moved(command.Reference));
        AssertDone(kind, await host.AskAsync(command));
        AssertMovedOnce(host, command);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A500ThatIsStored_IsFollowedByAQuestion_WhetherMoneyMovedOrNot(OperationKind kind)
    {
        await using var host = await StripeHost.OpenAsync();
        var command = await PreparedAsync(host, kind);
        host.Server.Next(new Fault { FailAfter = 500 });

        // The question finds what the failure hid, and the same request is answered with the stored failure and found again.
        AssertDone(kind, await host.AskAsync(command));
        AssertDone(kind, await host.AskAsync(command));
        AssertMovedOnce(host, command);

        var never = await PreparedAsync(host, kind);
        host.Server.Next(new Fault { FailBefore = 500 });
        Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(never));
        var again = Assert.IsType<GatewayOutcome.Unknown>(await host.AskAsync(never));
        Assert.True(again.DoNotResend);
        Assert.IsType<GatewayResolution.Absent>(await host.LookAsync(never));
        Assert.Equal(0, host.Moved(never.Reference));
    }

    [Fact]
    public async Task WhenStripeCannotBeReached_NothingWasSent()
    {
        var host = await StripeHost.OpenAsync();
        await host.Server.DisposeAsync();

        Assert.IsType<GatewayOutcome.NotSent>(await host.AskAsync(StripeHost.Charge()));
        Assert.IsType<GatewayResolution.NotYet>(await host.LookAsync(StripeHost.Charge()));
    }

    [Fact]
    public async Task OnceTheChargeWasAnswered_AConnectionThatCannotBeMade_ProvesNothing()
    {
        using var http = new HttpClient(new OneAnswer()) { BaseAddress = new("http://127.0.0.1/") };
        var gateway = new StripeGateway(new(new(() => http), TimeProvider.System), new(), TimeProvider.System);
        var split = new FundingSplit([new(new("acct_a"), StripeHost.Eur(1_250))]);

        var outcome = await gateway.ExecuteAsync(StripeHost.Charge() with { Funding = split }, StripeHost.Token);

        Assert.Equal("connection_lost", Assert.IsType<GatewayOutcome.Unknown>(outcome).Why.Code);
    }

    [Fact]
    public async Task AListThatWasNotReadToItsEnd_ProvesNothing()
    {
        await using var host = await StripeHost.OpenAsync(configure: o => o.LookUpPages = 1);
        var first = StripeHost.Charge();
        await host.MustAsync<GatewayOutcome.Succeeded>(first);
        for (var i = 0; i < StripeDesk.PageSize; i++) await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge());

        Assert.IsType<GatewayResolution.NotYet>(await host.LookAsync(first));
        Assert.IsType<GatewayResolution.NotYet>(await host.LookAsync(StripeHost.Charge()));
    }

    [Fact]
    public async Task ALongList_IsReadPageByPage()
    {
        await using var host = await StripeHost.OpenAsync();
        var first = StripeHost.Charge();
        await host.MustAsync<GatewayOutcome.Succeeded>(first);
        for (var i = 0; i < StripeDesk.PageSize; i++) await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge());

        Assert.IsType<GatewayResolution.Found>(await host.LookAsync(first));
        Assert.IsType<GatewayResolution.Absent>(await host.LookAsync(StripeHost.Charge()));
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public async Task WhileOurClockAndStripesDoNotAgree_WhatIsNotFoundIsNotProvedToBeAbsent(int minutes)
    {
        await using var host = await StripeHost.OpenAsync(new ManualTimeProvider(DateTimeOffset.UtcNow.AddMinutes(minutes)), isItsClockToo: false);

        Assert.IsType<GatewayResolution.NotYet>(await host.LookAsync(StripeHost.Charge()));
    }

    [Fact]
    public async Task AnAnswerThatIsCutOnTheWayOfAQuestion_IsNoAnswer()
    {
        await using var host = await StripeHost.OpenAsync();
        var command = StripeHost.Charge();
        await host.MustAsync<GatewayOutcome.Succeeded>(command);
        host.Server.Next(new Fault { CutAnswerAt = -10 }.On("GET", "/payment_intents"));

        Assert.IsType<GatewayResolution.NotYet>(await host.LookAsync(command));
        Assert.IsType<GatewayResolution.Found>(await host.LookAsync(command));
    }

    private static async Task<GatewayCommand> PreparedAsync(StripeHost host, OperationKind kind)
    {
        switch (kind)
        {
            case OperationKind.Charge:
                return StripeHost.Charge();
            case OperationKind.Authorize:
                return StripeHost.Authorize();
            case OperationKind.Refund:
                return StripeHost.Refund((await host.MustAsync<GatewayOutcome.Succeeded>(StripeHost.Charge())).Id, StripeHost.Eur(500));
            default:
                var blocked = await host.MustAsync<GatewayOutcome.Authorized>(StripeHost.Authorize());
                return kind == OperationKind.Capture ? StripeHost.Capture(blocked.Id, StripeHost.Eur(700)) : StripeHost.Void(blocked.Id, blocked.Amount);
        }
    }

    private static void AssertDone(OperationKind kind, GatewayOutcome outcome)
    {
        if (kind == OperationKind.Authorize) Assert.IsType<GatewayOutcome.Authorized>(outcome);
        else Assert.IsType<GatewayOutcome.Succeeded>(outcome);
    }

    private static void AssertMovedOnce(StripeHost host, GatewayCommand command) =>
        Assert.Equal(command.Kind is OperationKind.Authorize or OperationKind.Void ? 0 : command.Amount.MinorUnits, host.Moved(command.Reference));

    /// <summary>Answers the first request, and cannot be reached for the others.</summary>
    private sealed class OneAnswer : HttpMessageHandler
    {
        private int _asked;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _asked++ == 0
            ? Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent("""{"id":"pi_1","status":"succeeded","amount":1250,"amount_received":1250,"currency":"eur","latest_charge":"ch_1"}"""),
            })
            : throw new HttpRequestException(HttpRequestError.ConnectionError);
    }
}
