namespace InvoicePayments.Tests;

public sealed class ScriptedGatewayTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedGateway _gateway;

    public ScriptedGatewayTests() => _gateway = new(_time);

    [Theory]
    [InlineData("tok_visa", typeof(GatewayOutcome.Succeeded), 1_250)]
    [InlineData("tok_anything", typeof(GatewayOutcome.Succeeded), 1_250)]
    [InlineData("tok_declined", typeof(GatewayOutcome.Declined), 0)]
    [InlineData("tok_3ds", typeof(GatewayOutcome.ActionRequired), 0)]
    [InlineData("tok_3ds_secret", typeof(GatewayOutcome.ActionRequired), 0)]
    [InlineData("tok_processing", typeof(GatewayOutcome.Processing), 0)]
    [InlineData("tok_lost_after", typeof(GatewayOutcome.Unknown), 1_250)]
    [InlineData("tok_lost_before", typeof(GatewayOutcome.Unknown), 0)]
    [InlineData("tok_partial", typeof(GatewayOutcome.Succeeded), 625)]
    [InlineData("tok_wrong_amount", typeof(GatewayOutcome.Succeeded), 1_249)]
    public async Task TheToken_SaysWhatHappens(string token, Type answer, long moved)
    {
        var outcome = await _gateway.AskAsync(Requests.Charge(token));

        Assert.IsType(answer, outcome);
        Assert.Equal(moved, _gateway.Moved());
        Assert.Equal(token == "tok_partial", outcome is GatewayOutcome.Succeeded { PartiallyApproved: true });
    }

    [Fact]
    public async Task AChallenge_HasADeadline_AndMovesWhenItIsPassed()
    {
        var command = Requests.Charge("tok_3ds");
        var asked = Assert.IsType<GatewayOutcome.ActionRequired>(await _gateway.AskAsync(command));
        Assert.Equal(new($"https://challenge.example/{command.Reference}"), Assert.IsType<PendingAction.Redirect>(asked.Action).Url);
        Assert.Equal(_time.Start.AddMinutes(15), asked.Until);

        var done = Assert.IsType<GatewayOutcome.Succeeded>(_gateway.CompleteChallenge(command.Reference));

        Assert.Equal(asked.Id, done.Id);
        Assert.Equal(1_250, _gateway.Moved());
        Assert.Equal(new GatewayResolution.Found(done), await _gateway.ResolveAsync(command));
        Assert.Equal([asked, done], _gateway.DrainNotifications().Select(n => n.Outcome));
        Assert.Empty(_gateway.Notifications);
        Assert.Throws<InvalidOperationException>(() => _gateway.CompleteChallenge(command.Reference));
    }

    [Fact]
    public async Task AChallenge_FailsExpiresOrIsAbandoned_WithoutMoving()
    {
        var (failed, left, late) = (Requests.Charge("tok_3ds"), Requests.Charge("tok_3ds"), Requests.Charge("tok_3ds_secret"));
        foreach (var command in (GatewayCommand[])[failed, left, late]) await _gateway.AskAsync(command);

        Assert.IsType<GatewayOutcome.Declined>(_gateway.CompleteChallenge(failed.Reference, succeed: false));
        Assert.IsType<GatewayOutcome.Expired>(_gateway.AbandonChallenge(left.Reference));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<GatewayOutcome.Expired>(Assert.IsType<GatewayResolution.Found>(await _gateway.ResolveAsync(late)).Outcome);
        Assert.Equal(0, _gateway.Moved());
        Assert.IsType<GatewayOutcome.Succeeded>(_gateway.MoveAgain(late.Reference));
        Assert.Equal(1_250, _gateway.Moved());
    }

    [Theory]
    [InlineData(true, 1_250)]
    [InlineData(false, 0)]
    public async Task WhatIsProcessing_IsSettledLater(bool succeed, long moved)
    {
        var command = Requests.Charge("tok_processing");
        await _gateway.AskAsync(command);
        _gateway.Settle(command.Reference, succeed);
        Assert.Equal(moved, _gateway.Moved());
        Assert.Throws<InvalidOperationException>(() => _gateway.Settle(command.Reference));
    }

    [Fact]
    public async Task TheScript_IsFirstInFirstOut()
    {
        _gateway.Next(ScriptedBehaviour.Decline(), ScriptedBehaviour.Refuse("bad"), ScriptedBehaviour.Process(), ScriptedBehaviour.PartiallyApprove(Requests.Euro(7)), ScriptedBehaviour.ReportWrongAmount(Requests.Euro(9)));
        Type[] expected = [typeof(GatewayOutcome.Declined), typeof(GatewayOutcome.Refused), typeof(GatewayOutcome.Processing), typeof(GatewayOutcome.Succeeded), typeof(GatewayOutcome.Succeeded), typeof(GatewayOutcome.Succeeded)];
        foreach (var type in expected) Assert.IsType(type, await _gateway.AskAsync(Requests.Charge()));
        Assert.Equal(7 + 9 + 1_250, _gateway.Moved());
    }

    [Fact]
    public async Task AnError_ComesBeforeOrAfterTheMoney()
    {
        _gateway.Next(
            ScriptedBehaviour.Throw(new HttpRequestException("reset")),
            ScriptedBehaviour.Throw(new HttpRequestException("reset"), afterMoving: true),
            ScriptedBehaviour.ServerError(afterMoving: false),
            ScriptedBehaviour.LoseAnswerBefore());
        await Assert.ThrowsAsync<HttpRequestException>(() => _gateway.AskAsync(Requests.Charge()));
        Assert.Equal(0, _gateway.Moved());
        await Assert.ThrowsAsync<HttpRequestException>(() => _gateway.AskAsync(Requests.Charge()));
        Assert.Equal(1_250, _gateway.Moved());
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(Requests.Charge()));
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(Requests.Charge()));
        Assert.Equal(1_250, _gateway.Moved());
    }

    [Fact]
    public async Task AStoredServerError_IsReplayed_ThoughTheMoneyMoved()
    {
        var command = Requests.Charge();
        _gateway.Next(ScriptedBehaviour.ServerError(afterMoving: true));
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(command));
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(command));
        Assert.IsType<GatewayOutcome.Succeeded>(Assert.IsType<GatewayResolution.Found>(await _gateway.ResolveAsync(command)).Outcome);
        Assert.Equal(1_250, _gateway.Moved());
    }

    [Fact]
    public async Task ChargedTwice_IsTwoMovements_AndAnsweredTwiceIsOne()
    {
        var (twice, once) = (Requests.Charge(), Requests.Charge());
        _gateway.Next(ScriptedBehaviour.ChargeTwice(), ScriptedBehaviour.AnswerTwice());
        var first = Assert.IsType<GatewayOutcome.Succeeded>(await _gateway.AskAsync(twice));
        Assert.Equal(2, _gateway.Ledger.MovementsOf(twice.Reference).Select(e => e.GatewayPaymentId).Distinct().Count());
        Assert.Equal(first.Id, _gateway.Ledger.MovementsOf(twice.Reference)[0].GatewayPaymentId);
        Assert.Equal(2, _gateway.DrainNotifications().Distinct().Count());

        await _gateway.AskAsync(once);
        Assert.Single(_gateway.Ledger.MovementsOf(once.Reference));
        Assert.Single(_gateway.Notifications.Distinct());
        Assert.Equal(2, _gateway.Notifications.Count);
    }

    [Fact]
    public async Task ALateAnswer_IsKnownToNobody_BeforeItsTime()
    {
        var command = Requests.Charge();
        _gateway.Next(ScriptedBehaviour.AnswerLate(TimeSpan.FromMinutes(10)));
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(command));
        Assert.IsType<GatewayResolution.NotYet>(await _gateway.ResolveAsync(command));
        Assert.Empty(_gateway.Notifications);
        Assert.IsType<GatewayOutcome.Unknown>(await _gateway.AskAsync(command));

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.IsType<GatewayResolution.Found>(await _gateway.ResolveAsync(command));
        Assert.Single(_gateway.Notifications);
        Assert.IsType<GatewayOutcome.Succeeded>(await _gateway.AskAsync(command));
        Assert.Equal(1_250, _gateway.Moved());
    }

    [Fact]
    public async Task ASlowAnswer_MovesAtOnce_AndACallerThatGivesUpStopsNothing()
    {
        using var given = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        _gateway.Next(ScriptedBehaviour.Slow(TimeSpan.FromSeconds(30)));
        var asked = _gateway.ExecuteAsync(Requests.Charge(), given.Token);
        Assert.Equal(1_250, _gateway.Moved());
        _time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Resolutions_CanBeScripted()
    {
        var command = Requests.Charge();
        Assert.IsType<GatewayResolution.Absent>(await _gateway.ResolveAsync(command));
        _gateway.NextResolution(new GatewayResolution.NotYet()).NextResolutionThrows(new HttpRequestException("down"));
        Assert.IsType<GatewayResolution.NotYet>(await _gateway.ResolveAsync(command));
        await Assert.ThrowsAsync<HttpRequestException>(() => _gateway.ResolveAsync(command));
    }

    [Fact]
    public async Task CallsAreLogged_WithoutTokens_AndPointsAreIntercepted()
    {
        List<string> points = [];
        _gateway.Intercept = point =>
        {
            points.Add(point);
            return Task.CompletedTask;
        };
        var command = Requests.Charge("tok_secret_thing");
        await _gateway.AskAsync(command);
        await _gateway.ResolveAsync(command);
        Assert.Equal(["execute:before", "execute:after", "resolve:before", "resolve:after"], points);
        Assert.Equal([GatewayMethod.Execute, GatewayMethod.Resolve], _gateway.Calls.Select(c => c.Method));
        Assert.DoesNotContain("tok_secret_thing", string.Join(' ', _gateway.Calls), StringComparison.Ordinal);
    }
}
