namespace InvoicePayments;

/// <summary>Whether the facts of an invoice or a credit are those that were written: a closed set.</summary>
public abstract record FactVerification
{
    private FactVerification()
    {
    }

    /// <summary>All facts are there, and none was changed.</summary>
    /// <param name="Facts">How many there are.</param>
    public sealed record Intact(long Facts) : FactVerification;

    /// <summary>Somebody has changed the books behind the library's back.</summary>
    /// <param name="Sequence">
    /// The number of the first fact that is certainly not the one that was written, or that is missing. For the last fact it may as well be
    /// the invoice or credit that was changed: the two vouch for each other.
    /// </param>
    /// <param name="Why">What does not fit, in one sentence.</param>
    public sealed record Tampered(long Sequence, string Why) : FactVerification;
}
