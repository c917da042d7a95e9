namespace InvoicePayments;

/// <summary>What is going on with an invoice, beside its <see cref="InvoiceStatus"/>. Several may hold at once.</summary>
[Flags]
public enum InvoiceFlags
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>A payer has to do something: 3-D Secure, a redirect.</summary>
    ActionRequired = 1,

    /// <summary>A gateway is working on an operation, or we are about to ask it.</summary>
    Processing = 2,

    /// <summary>Nobody knows yet what became of an operation; it stays reserved until the gateway answers.</summary>
    Unknown = 4,

    /// <summary>An operation waits for a person: evidence contradicts, or nobody could answer.</summary>
    NeedsAttention = 8,

    /// <summary>The last attempt to pay was declined or failed (Stax: ATTEMPTED).</summary>
    Attempted = 16,

    /// <summary>The due time has passed and something is still due. Depends on the clock: see <see cref="Invoice.FlagsAt"/>.</summary>
    PastDue = 32,

    /// <summary>More money is in than the invoice asks for.</summary>
    Overpaid = 64,

    /// <summary>Some of the money was given back.</summary>
    PartiallyRefunded = 128,

    /// <summary>All of the money was given back.</summary>
    Refunded = 256,

    /// <summary>A payment of this invoice is disputed.</summary>
    Disputed = 512,

    /// <summary>Money is blocked for it and waits to be captured.</summary>
    Authorized = 1024,
}
