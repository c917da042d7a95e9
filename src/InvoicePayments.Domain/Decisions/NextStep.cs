namespace InvoicePayments;

/// <summary>Who has to do something next.</summary>
public enum ActingParty
{
    /// <summary>Nobody.</summary>
    Nobody,

    /// <summary>The payer.</summary>
    Payer,

    /// <summary>The gateway, or the payer's bank behind it.</summary>
    Gateway,

    /// <summary>The library, by itself, as long as a host recovers.</summary>
    Recovery,

    /// <summary>The host's application.</summary>
    Host,

    /// <summary>A person at the host.</summary>
    Operator,
}

/// <summary>What happens next.</summary>
public enum NextAction
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The invoice is issued.</summary>
    Issue,

    /// <summary>What is payable is paid.</summary>
    Pay,

    /// <summary>The challenge is completed; after its deadline the gateway is asked.</summary>
    CompleteChallenge,

    /// <summary>The gateway answers.</summary>
    Answer,

    /// <summary>The gateway is asked what became of the operation.</summary>
    AskGateway,

    /// <summary>What is blocked is captured or let go.</summary>
    CaptureOrVoid,

    /// <summary>The operation is looked up at the gateway and settled by hand: <see cref="SettleOperation"/>.</summary>
    SettleByHand,

    /// <summary>Evidence against a dispute is handed in at the gateway, or the dispute is accepted; the gateway tells who won.</summary>
    AnswerDispute,

    /// <summary>What is here beyond the total is given back.</summary>
    GiveBack,
}

/// <summary>Who does what next, and when.</summary>
/// <param name="Who">Who has to act.</param>
/// <param name="What">What happens.</param>
/// <param name="At">When, or until when, UTC; null when no time is set.</param>
public sealed record NextStep(ActingParty Who, NextAction What, DateTimeOffset? At = null);

/// <summary>An operation of an invoice that is not final.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Part">How much of it is about this invoice.</param>
/// <param name="Reserves">What it keeps from being paid otherwise; zero for a refund or dispute, which reserves on its payment.</param>
/// <param name="Next">Who does what next, and when.</param>
public sealed record OpenOperation(PaymentOperation Operation, Money Part, Money Reserves, NextStep Next);
