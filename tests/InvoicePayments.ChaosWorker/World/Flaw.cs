namespace InvoicePayments.Tests;

/// <summary>What is wrong with a worker. The suite shows with them that it finds such things.</summary>
internal enum Flaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It gives the gateway a new reference each time it asks.</summary>
    NewReference,

    /// <summary>It takes an answer that does not come for a no, and frees the money.</summary>
    FreesOnTimeout,

    /// <summary>It says that facts were delivered before they are, and loses some.</summary>
    LosesDeliveries,

    /// <summary>It acknowledges payments that it has not made.</summary>
    AcknowledgesTooEarly,
}
