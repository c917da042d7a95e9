namespace InvoicePayments;

/// <summary>A host's way to the gateway: a request takes its time and may get lost, and so may the answer; a gateway goes on when the host has died.</summary>
internal sealed class HostGateway(World world, SimulatedHost host) : IPaymentGateway, ICancelOperations, IReadNotifications
{
    public GatewayProfile Profile => world.Gateway.Profile;

    public Task<GatewayOutcome> ExecuteAsync(GatewayCommand command, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<GatewayOutcome>();
        var life = host.Life;
        var way = world.Faults.OfRequest(command);
        world.Story?.Tell(host, $"asks for {(command is GatewayCommand.RequestLink ? "a link for" : command.Kind)} {command.Amount} under {Story.Short(command.Reference)}{way.Words}{(way.Delay > TimeSpan.Zero ? $", which takes {way.Delay}" : "")}");
        if (way.Arrives) world.Queue.Add(way.Delay, null, () => Arrive(command, way, life, answer));
        else if (way.Throws) answer.SetException(new HttpRequestException("The simulated connection broke."));
        else if (way.SaysUnknown) Answer(life, way.AnswerDelay, () => answer.TrySetResult(new GatewayOutcome.Unknown(new("server_error", "The simulated gateway broke down."))));
        return answer.Task;
    }

    public Task<GatewayResolution> ResolveAsync(OperationTrace trace, CancellationToken cancellationToken) =>
        Question(trace, "asks what became of", () => world.Gateway.ResolveAsync(trace, CancellationToken.None));

    public Task<GatewayResolution> CancelAsync(OperationTrace trace, CancellationToken cancellationToken) => world.Gateway is ICancelOperations able
        ? Question(trace, "calls off", () => able.CancelAsync(trace, CancellationToken.None))
        : ResolveAsync(trace, cancellationToken);

    /// <summary>What comes in the mail names a letter of the world's, as a gateway's event has an id.</summary>
    public ValueTask<NotificationReading> ReadAsync(RawNotification notification, CancellationToken cancellationToken) => new(world.Read(notification));

    private Task<GatewayResolution> Question(OperationTrace trace, string words, Func<Task<GatewayResolution>> ask)
    {
        var answer = new TaskCompletionSource<GatewayResolution>();
        var life = host.Life;
        var delay = world.Faults.QuestionDelay();
        if (delay is not { } after) return answer.Task;

        world.Queue.Add(after, null, () =>
        {
            var moved = world.Scripted.Ledger.Count;
            var resolution = World.Now(new ValueTask<GatewayResolution>(ask()));
            if (world.Scripted.Ledger.Count != moved)
                world.Break(Invariant.QuestionsMoveNothing, $"The question about {Story.Short(trace.Reference)} moved money.");
            world.HearTheNews();
            world.Story?.Tell(host, $"{words} {Story.Short(trace.Reference)} → {Story.Word(resolution)}");
            if (host.IsAt(life)) Answer(life, world.Faults.AnswerDelay(), () => answer.TrySetResult(resolution));
        });
        return answer.Task;
    }

    private void Arrive(GatewayCommand command, RequestWay way, int life, TaskCompletionSource<GatewayOutcome> answer)
    {
        if (way.Behaviour is { } behaviour) world.Scripted.Next(behaviour);
        GatewayOutcome? outcome;
        try
        {
            outcome = World.Now(new ValueTask<GatewayOutcome>(world.Gateway.ExecuteAsync(command, CancellationToken.None)));
        }
        catch (Exception escaped)
        {
            world.Story?.Tell(host, $"the adapter throws {escaped.GetType().Name}");
            if (host.IsAt(life)) answer.TrySetException(escaped);
            return;
        }

        finally
        {
            // An adapter that never asked the gateway must not leave what was meant for its request to somebody else's.
            world.Scripted.ForgetScript();
        }

        if (command is GatewayCommand.RequestLink) world.Books.LinkMade(command.Reference);
        world.Books.MovedMustBeOnce(command.Reference, way.Behaviour);
        world.HearTheNews();
        world.Story?.TellGateway($"has {Story.Short(command.Reference)} → {Story.Word(outcome)}{(way.LosesAnswer ? ", and the answer is lost" : way.AnswerDelay > TimeSpan.Zero ? $", and the answer takes {way.AnswerDelay}" : "")}");
        if (!way.LosesAnswer && host.IsAt(life)) Answer(life, way.AnswerDelay, () => answer.TrySetResult(outcome));
    }

    private void Answer(int life, TimeSpan delay, Action hear)
    {
        if (!host.IsAt(life)) return;
        world.Queue.Add(delay, host, hear);
    }
}

/// <summary>What becomes of one request on its way.</summary>
internal readonly record struct RequestWay
{
    internal bool Arrives { get; init; }

    internal TimeSpan Delay { get; init; }

    internal TimeSpan AnswerDelay { get; init; }

    internal bool LosesAnswer { get; init; }

    internal bool Throws { get; init; }

    internal bool SaysUnknown { get; init; }

    internal ScriptedBehaviour? Behaviour { get; init; }

    internal string Words { get; init; }
}
