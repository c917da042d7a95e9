namespace InvoicePayments;

/// <summary>What is done beside requests.</summary>
public enum WorkKind
{
    /// <summary>Finds out what became of operations: answers that were lost, hosts that died, deadlines that passed, authorizations that ended, and news that nobody understood yet.</summary>
    Recover,

    /// <summary>Charges what is due, and tries again what was charged in vain when its time has come.</summary>
    Collect,

    /// <summary>Delivers facts to the host's <see cref="IEventPublisher"/>.</summary>
    Deliver,

    /// <summary>Forgets what nobody needs any more; never facts.</summary>
    Purge,
}
