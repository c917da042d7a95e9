namespace InvoicePayments;

/// <summary>What somebody wants of the one invoice of a <see cref="SmallWorld"/>, which asks for EUR 10.00.</summary>
public enum SmallWish
{
    /// <summary>Pays everything due.</summary>
    Pay,

    /// <summary>Pays everything due with the same key: a double click, a retry.</summary>
    PayAgain,

    /// <summary>Pays everything due with another key: a second tab.</summary>
    PayWithAnotherKey,

    /// <summary>Pays EUR 4.00.</summary>
    PayPart,

    /// <summary>Pays another EUR 4.00.</summary>
    PayAnotherPart,

    /// <summary>Records EUR 4.00 in cash.</summary>
    RecordCash,

    /// <summary>Gives all of the first payment back, when there is one.</summary>
    Refund,

    /// <summary>Gives EUR 4.00 of the first payment back, so that they are due again, when there is one.</summary>
    RefundPart,

    /// <summary>Blocks everything due.</summary>
    Authorize,

    /// <summary>Takes all that was blocked first, when something was.</summary>
    Capture,

    /// <summary>Lets go what was blocked first, when something was.</summary>
    VoidPayment,

    /// <summary>Voids the invoice.</summary>
    Void,

    /// <summary>Gives the invoice up.</summary>
    GiveUp,

    /// <summary>Looks after what nobody finished.</summary>
    Recover,
}
