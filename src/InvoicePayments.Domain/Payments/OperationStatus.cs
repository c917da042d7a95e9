namespace InvoicePayments;

/// <summary>How far an operation has come. The last five are final: a final operation never changes.</summary>
public enum OperationStatus
{
    /// <summary>Committed, and the gateway is being asked, or was about to be when a host died.</summary>
    Pending,

    /// <summary>Nobody knows yet what became of it. It stays reserved; only the gateway may answer.</summary>
    Unknown,

    /// <summary>The payer has to do something until a deadline: 3-D Secure, a redirect.</summary>
    ActionRequired,

    /// <summary>The gateway has it and will answer later.</summary>
    Processing,

    /// <summary>The money is blocked at the payer's bank, and not taken yet.</summary>
    Authorized,

    /// <summary>A person must look: the evidence contradicts what was asked, or nobody could answer.</summary>
    NeedsAttention,

    /// <summary>The money moved.</summary>
    Succeeded,

    /// <summary>The payer's bank said no.</summary>
    Declined,

    /// <summary>It surely never happened.</summary>
    Failed,

    /// <summary>It was called off before money moved.</summary>
    Canceled,

    /// <summary>It ran out of time at the gateway before money moved.</summary>
    Expired,
}
