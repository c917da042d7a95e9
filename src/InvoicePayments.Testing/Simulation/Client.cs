namespace InvoicePayments;

/// <summary>Somebody who wants something of a host, and asks again, of any host, when no answer comes.</summary>
internal sealed class Client(World world, string words, Func<IInvoicePaymentService, Task<object?>> ask, TenantId tenant, OperationId? operation, bool insists)
{
    private const int MaxTries = 4;
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    private int _tries;

    internal TenantId Tenant { get; } = tenant;

    /// <summary>The operation that its key stands for; null when it has no key.</summary>
    internal OperationId? Operation { get; } = operation;

    /// <summary>Whether it collects whatever is due of its tenant.</summary>
    internal bool Collects { get; init; }

    internal string Words { get; } = words;

    /// <summary>Whether it waits for this operation.</summary>
    internal bool Wants(PaymentOperation operation) => Tenant == operation.Tenant && (Collects || Operation == operation.Id);

    /// <summary>Asks whoever is there now.</summary>
    internal void Ask()
    {
        if (world.AnyHost() is not { } host)
        {
            world.Queue.Add(TimeSpan.FromSeconds(30), null, Ask);
            return;
        }

        _tries++;
        world.Books.Asked(this);
        world.Story?.TellAsked(host, Words);
        var call = new OpenCall(this, host, host.Life);
        world.Calls.Add(call);
        _ = DriveAsync(host, call);
    }

    /// <summary>No answer came: the host died, or its store failed.</summary>
    internal void Lose()
    {
        var again = insists || (_tries < MaxTries && world.Faults.AsksAgain());
        if (again) world.Queue.Add(world.Faults.OneOf(Pauses), null, Ask);
    }

    private async Task DriveAsync(SimulatedHost host, OpenCall call)
    {
        object? answer;
        try
        {
            answer = await ask(host.Service).ConfigureAwait(false);
        }
        catch (PaymentStoreException failure) when (failure.Failure != PaymentStoreFailure.Corrupt)
        {
            if (!world.Calls.Remove(call)) return;
            world.Story?.TellAnswer(host, Words, failure.Message);
            Lose();
            return;
        }
        catch (Exception escaped)
        {
            world.Break(Invariant.NothingElseEscapes, $"{Words} threw {escaped.GetType().Name}: {escaped.Message}");
            return;
        }

        if (!world.Calls.Remove(call)) return;
        world.Story?.TellAnswer(host, Words, Story.Word(answer));
        if (answer is PaymentResult result) world.Books.Answered(this, result);
        if (answer is NotificationReceipt receipt) foreach (var recorded in receipt.Results) world.Books.Answered(this, recorded);
        if (answer is InvoiceResult.Done done) world.Books.Answered(done);
    }
}

/// <summary>A call that a host has not answered yet.</summary>
internal sealed record OpenCall(Client Client, SimulatedHost Host, int Life);
