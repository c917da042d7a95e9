namespace InvoicePayments;

/// <summary>A store or gateway breaks a promise of its port. The message says which.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>A promise is broken.</summary>
    public ConformanceException()
        : this("A promise of the port is broken.")
    {
    }

    /// <summary>A promise is broken.</summary>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>A promise is broken.</summary>
    public ConformanceException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
