namespace InvoicePayments;

/// <summary>What people want of the hosts in a simulation, and what payers do at the gateway.</summary>
public enum SimulatedWish
{
    /// <summary>To pay an invoice, in full or in part, in any way.</summary>
    Pay,

    /// <summary>To give money back.</summary>
    Refund,

    /// <summary>To record cash, and sometimes more of it than is due.</summary>
    RecordCash,

    /// <summary>To look after what nobody finished.</summary>
    Recover,

    /// <summary>To take a document back.</summary>
    Void,

    /// <summary>To give a document up.</summary>
    GiveUp,

    /// <summary>To look at an invoice, a payment, credit, operations or facts.</summary>
    Look,

    /// <summary>To find out about one operation.</summary>
    Resume,

    /// <summary>To issue an invoice once more.</summary>
    IssueAgain,

    /// <summary>To keep a payment method.</summary>
    SaveMethod,

    /// <summary>To deliver facts.</summary>
    Dispatch,

    /// <summary>To settle by hand what nobody could answer.</summary>
    Settle,

    /// <summary>To know what a payment would do.</summary>
    Quote,

    /// <summary>To know why a document stands as it stands.</summary>
    Explain,

    /// <summary>To charge whatever is due.</summary>
    Collect,

    /// <summary>To stop dunning.</summary>
    StopDunning,

    /// <summary>To let dunning begin anew.</summary>
    ResumeDunning,

    /// <summary>To block money.</summary>
    Authorize,

    /// <summary>To take money that was blocked.</summary>
    Capture,

    /// <summary>To undo a payment before it is settled.</summary>
    VoidPayment,

    /// <summary>To pay under the key of somebody else's wish.</summary>
    PayWithTheSameKey,

    /// <summary>To pay, split over recipients.</summary>
    PaySplit,

    /// <summary>To have a link made, on which the payer pays.</summary>
    PayByLink,

    /// <summary>To create a payment in one call: by hand, by the method on file, or by a link.</summary>
    CreatePayment,

    /// <summary>To pay with the account's credit first.</summary>
    PayWithCredit,

    /// <summary>To pay a credit grant, which brings credit.</summary>
    PayCreditGrant,

    /// <summary>To pay several invoices at once.</summary>
    PaySeveral,

    /// <summary>To ask for an instalment of an invoice.</summary>
    RequestInstalment,

    /// <summary>To pay an instalment.</summary>
    PayInstalment,

    /// <summary>To have the money back by a dispute, which the bank decides.</summary>
    Dispute,

    /// <summary>To have a direct debit returned.</summary>
    ReturnDebit,

    /// <summary>To have it proved that the books are as they were written: by the hashes of the facts, and by the journal.</summary>
    Prove,

    /// <summary>To forget streams of facts that were delivered long ago.</summary>
    Purge,

    /// <summary>To deliver facts once more that were given up.</summary>
    Release,

    /// <summary>To compare the books with the gateway's statement, and mend what differs.</summary>
    Compare,

    /// <summary>To give money back at the gateway's own site.</summary>
    RefundElsewhere,

    /// <summary>To have a refund sent back that had succeeded.</summary>
    FailRefund,
}
