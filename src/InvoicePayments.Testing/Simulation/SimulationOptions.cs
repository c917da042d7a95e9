namespace InvoicePayments;

/// <summary>
/// What is simulated. Within one call a store is served by itself, as a database serves a statement: what two calls do to each other in
/// the middle is for <see cref="StoreConformance"/> to find, which calls a store from many threads.
/// </summary>
public sealed class SimulationOptions
{
    /// <summary>
    /// Opens an empty store for one run; an in-memory one by default. A host puts its own here. It also implements
    /// <see cref="IInvoicePaymentQueries"/>, <see cref="IDueOperations"/> and <see cref="IPaymentMethodStore"/>, and is disposed after the run. Where it implements <see cref="IOutbox"/> too, facts are
    /// delivered; where <see cref="IRetention"/>, what was delivered long ago is forgotten; where <see cref="IGatewayMovements"/>, news of disputes gets lost as well, and the gateway's statement tells it.
    /// </summary>
    public Func<IInvoicePaymentStore> OpenStore { get; set; } = () => new InMemoryPaymentStore();

    /// <summary>
    /// How many runs there are at a time, each on a thread of its own; as many as there are processors when null, the default. Then
    /// <see cref="OpenStore"/> and <see cref="DecorateGateway"/> are called from several threads, and what they make must share nothing.
    /// </summary>
    public int? Threads { get; set; }

    /// <summary>Puts a host's own gateway in front of the simulated one; null, the default, for none.</summary>
    public Func<IPaymentGateway, IPaymentGateway>? DecorateGateway { get; set; }

    /// <summary>The policy of every host; one of several, as the seed says, when null. Default null.</summary>
    public PaymentPolicy? Policy { get; set; }

    /// <summary>How many hosts there are; one to three, as the seed says, when null. Default null.</summary>
    public int? Hosts { get; set; }

    /// <summary>How many things are wanted of the hosts at most, beside webhooks and repetitions. Default 8.</summary>
    public int MaxCommands { get; set; } = 8;

    /// <summary>How many steps are taken at most before faults stop. Default 400.</summary>
    public int MaxSteps { get; set; } = 400;

    /// <summary>How many steps a run has at least: who comes to rest earlier is asked for something more. Default 20.</summary>
    public int MinSteps { get; set; } = 20;

    /// <summary>Whether anything goes wrong at all. Default true.</summary>
    public bool Faults { get; set; } = true;
}
