namespace InvoicePayments;

/// <summary>A host's way out for facts: a delivery takes its time, may fail before or after it was taken, and may be the last thing the host does.</summary>
internal sealed class HostPublisher(World world, SimulatedHost host) : IEventPublisher
{
    public ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        Publish(message.Id, () => world.Books.Delivered(message.Fact.Tenant, OutboxStream.Of(message.Fact), message.Fact.Sequence));

    public ValueTask PublishAsync(CreditMessage message, CancellationToken cancellationToken) =>
        Publish(message.Id, () => world.Books.Delivered(message.Fact.Tenant, OutboxStream.Of(message.Fact), message.Fact.Sequence));

    private ValueTask Publish(string id, Action arrive)
    {
        var answer = new TaskCompletionSource();
        var life = host.Life;
        world.Queue.Add(world.Faults.NewsDelay(), null, () => Take(id, arrive, life, answer));
        return new(answer.Task);
    }

    private void Take(string id, Action arrive, int life, TaskCompletionSource answer)
    {
        if (!host.IsAt(life) && !world.Faults.StillArrives()) return;
        var fails = world.Faults.Strikes(SimulatedFault.DeliveryFails, 150);
        var isTaken = !fails || world.Tape.Next(2) == 1;
        if (isTaken) arrive();
        if (fails) world.Story?.Tell(host, $"delivery of {id} fails{(isTaken ? ", though it was taken" : "")}");
        if (!host.IsAt(life)) return;
        if (world.Faults.Strikes(SimulatedFault.HostDies, 20)) world.Kill(host, $"after the delivery of {id}");
        else if (fails) answer.SetException(new InvalidOperationException("The simulated receiver did not answer."));
        else answer.SetResult();
    }
}
