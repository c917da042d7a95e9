namespace InvoicePayments;

/// <summary>What a run is made of: its hosts, its gateway, what is wanted and what may go wrong. Whatever is open is chosen from the tape.</summary>
internal abstract class Plan(Tape tape)
{
    internal Tape Tape { get; } = tape;

    internal abstract PaymentPolicy Policy { get; }

    internal abstract GatewayProfile Profile { get; }

    internal abstract Faults Faults { get; }

    /// <summary>Whether the gateway reports by itself what happened.</summary>
    internal virtual bool Webhooks => true;

    /// <summary>Whether any news comes by itself, from the gateway or from a bank.</summary>
    internal virtual bool HasNews => Webhooks;

    /// <summary>Whether payers come to their payment links by themselves, at some time.</summary>
    internal virtual bool PayersCome => true;

    /// <summary>Starts the hosts, issues the invoices, and lines up what is wanted.</summary>
    internal abstract void Begin(World world);

    /// <summary>Everything has come to rest: whether something more is wanted, which is then lined up.</summary>
    internal abstract bool WantMore(World world);

    /// <summary>Which of the hosts that are there is asked.</summary>
    internal abstract SimulatedHost Choose(IReadOnlyList<SimulatedHost> alive);
}
