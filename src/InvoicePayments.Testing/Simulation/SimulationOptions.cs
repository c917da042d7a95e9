namespace InvoicePayments;

/// <summary>What is simulated.</summary>
public sealed class SimulationOptions
{
    /// <summary>
    /// Opens an empty store for one run; an in-memory one by default. A host puts its own here. It also implements
    /// <see cref="IInvoicePaymentQueries"/>, <see cref="IDueOperations"/> and <see cref="IPaymentMethodStore"/>, and is disposed after the run.
    /// </summary>
    public Func<IInvoicePaymentStore> OpenStore { get; set; } = () => new InMemoryPaymentStore();

    /// <summary>Puts a host's own gateway in front of the simulated one; null, the default, for none.</summary>
    public Func<IPaymentGateway, IPaymentGateway>? DecorateGateway { get; set; }

    /// <summary>The policy of every host. Default: <see cref="PaymentPolicy.Default"/>.</summary>
    public PaymentPolicy Policy { get; set; } = PaymentPolicy.Default;

    /// <summary>How many hosts there are; one to three, as the seed says, when null. Default null.</summary>
    public int? Hosts { get; set; }

    /// <summary>How many things are wanted of the hosts at most, beside webhooks and repetitions. Default 8.</summary>
    public int MaxCommands { get; set; } = 8;

    /// <summary>How many steps are taken at most before faults stop. Default 400.</summary>
    public int MaxSteps { get; set; } = 400;

    /// <summary>Whether anything goes wrong at all. Default true.</summary>
    public bool Faults { get; set; } = true;
}
