namespace InvoicePayments;

/// <summary>What an operation is about.</summary>
public enum OperationKind
{
    /// <summary>Take money through a gateway.</summary>
    Charge,

    /// <summary>Record money that already moved elsewhere: cash, cheque, wire.</summary>
    Offline,

    /// <summary>Give money back.</summary>
    Refund,

    /// <summary>Block money at the payer's bank, to be taken later.</summary>
    Authorize,

    /// <summary>Take money that was blocked before, all of it or a part.</summary>
    Capture,

    /// <summary>Undo before settlement: let go what is blocked, or call back the whole of a payment.</summary>
    Void,

    /// <summary>Pay with the account's credit. No gateway is asked.</summary>
    Credit,

    /// <summary>The payer disputes a payment: its amount is held until the gateway says who won. Succeeded means lost: the money was taken.</summary>
    Dispute,

    /// <summary>A direct debit was returned after it had succeeded.</summary>
    Return,
}
