namespace InvoicePayments;

/// <summary>Why the payer's bank or the gateway's risk check said no.</summary>
public enum DeclineKind
{
    /// <summary>Something else; the raw code says more.</summary>
    Other,

    /// <summary>Not enough money, or over a limit.</summary>
    InsufficientFunds,

    /// <summary>The card has expired.</summary>
    CardExpired,

    /// <summary>The card or account does not exist or does not fit.</summary>
    CardInvalid,

    /// <summary>The security code or address did not match.</summary>
    SecurityCheckFailed,

    /// <summary>The payer must authenticate first.</summary>
    AuthenticationRequired,

    /// <summary>Reported lost or stolen.</summary>
    LostOrStolen,

    /// <summary>Fraud is suspected.</summary>
    Suspected,

    /// <summary>The bank could not be reached.</summary>
    IssuerUnavailable,
}

/// <summary>What to do after a decline.</summary>
public enum RetryAdvice
{
    /// <summary>Do not try this method again.</summary>
    Never,

    /// <summary>Ask for another method.</summary>
    OtherMethod,

    /// <summary>Try again with the payer there to authenticate.</summary>
    AfterAuthentication,

    /// <summary>Try again later.</summary>
    Later,

    /// <summary>Let a person look.</summary>
    AskPerson,
}

/// <summary>The payer's bank said no. No money moved.</summary>
/// <param name="Kind">Why, in the library's words.</param>
/// <param name="Advice">What to do next.</param>
/// <param name="RawCode">The gateway's own code, unchanged.</param>
/// <param name="Message">The gateway's own message, to be passed on (Pelcro).</param>
public sealed record Decline(DeclineKind Kind, RetryAdvice Advice, string RawCode, string Message);
