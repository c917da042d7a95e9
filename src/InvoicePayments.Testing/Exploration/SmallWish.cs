namespace InvoicePayments;

/// <summary>What somebody wants in a <see cref="SmallWorld"/>, mostly of its first invoice; each of its invoices asks for EUR 10.00.</summary>
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

    /// <summary>Pays everything due, with the account's credit first.</summary>
    PayWithCredit,

    /// <summary>Pays everything due of the second invoice, with the account's credit first.</summary>
    PayTheOtherWithCredit,

    /// <summary>Pays EUR 15.00 of both invoices in one payment, the oldest first.</summary>
    PaySeveral,

    /// <summary>Asks for an instalment of EUR 4.00.</summary>
    RequestInstalment,

    /// <summary>Pays the instalment.</summary>
    PayInstalment,

    /// <summary>The payer disputes EUR 6.00 of what was charged first, when something was. It happens at the gateway, and its webhook follows.</summary>
    Dispute,

    /// <summary>The bank decides the dispute for the payer, when there is one.</summary>
    LoseDispute,

    /// <summary>The bank decides the dispute for the merchant, when there is one.</summary>
    WinDispute,

    /// <summary>The bank returns what was charged first, when something was.</summary>
    ReturnDebit,

    /// <summary>Somebody gives EUR 4.00 of what was charged last back at the gateway's own site, when so much is left.</summary>
    RefundElsewhere,

    /// <summary>Asks for a payment link for everything due.</summary>
    RequestLink,

    /// <summary>Asks for the same link with the same key.</summary>
    RequestLinkAgain,

    /// <summary>The payer opens the first link, when there is one, and pays on it, is declined, or leaves: each is tried.</summary>
    VisitLink,
}
