namespace InvoicePayments;

/// <summary>What goes wrong in a simulation, or at least not straight.</summary>
public enum SimulatedFault
{
    /// <summary>A host dies and loses what it held in memory.</summary>
    HostDies,

    /// <summary>A host sleeps past its claims and wakes.</summary>
    HostSleeps,

    /// <summary>The clocks of hosts differ by minutes.</summary>
    ClocksDiffer,

    /// <summary>A call of the store fails before it commits.</summary>
    StoreFailsBefore,

    /// <summary>A call of the store fails after it committed.</summary>
    StoreFailsAfter,

    /// <summary>A call of the store is slow.</summary>
    StoreIsSlow,

    /// <summary>A request reaches the gateway late, or its answer comes back late.</summary>
    GatewayIsSlow,

    /// <summary>A request never reaches the gateway.</summary>
    RequestIsLost,

    /// <summary>The gateway has done it, and its answer is lost.</summary>
    AnswerIsLost,

    /// <summary>The gateway answers 5xx, before or after it moved money, and may replay that.</summary>
    ServerError,

    /// <summary>The adapter throws.</summary>
    AdapterThrows,

    /// <summary>The payer's bank says no.</summary>
    Decline,

    /// <summary>The payer has to do something, and passes, fails, or never comes back.</summary>
    Challenge,

    /// <summary>The gateway decides later.</summary>
    DecidedLater,

    /// <summary>Less than asked is approved.</summary>
    PartialApproval,

    /// <summary>Another amount moves than was asked.</summary>
    WrongAmount,

    /// <summary>The gateway itself moves the money twice.</summary>
    MovesTwice,

    /// <summary>A notification comes twice.</summary>
    NewsTwice,

    /// <summary>A notification comes late, and so perhaps before or after others.</summary>
    NewsLate,

    /// <summary>A notification never comes.</summary>
    NewsLost,

    /// <summary>A notification comes for a reference that nobody knows.</summary>
    NewsUnknown,

    /// <summary>A fact on its way out is not taken, or it is and nobody says so.</summary>
    DeliveryFails,
}
