namespace InvoicePayments;

/// <summary>
/// Two amounts of different currencies met in arithmetic or comparison. Zero is no exception to the rule: a zero of the wrong
/// currency is the same mistake, only later to be noticed.
/// </summary>
public sealed class CurrencyMismatchException : InvalidOperationException
{
    /// <summary>Creates the exception with a general message.</summary>
    public CurrencyMismatchException()
        : this("These amounts are of different currencies.")
    {
    }

    /// <summary>Creates the exception with <paramref name="message"/>.</summary>
    public CurrencyMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with <paramref name="message"/> and what caused it.</summary>
    public CurrencyMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CurrencyMismatchException(Currency left, Currency right)
        : base($"{left} and {right} cannot be combined or compared: amounts must be of one currency. Convert one of them first.")
    {
    }
}
