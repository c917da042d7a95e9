namespace InvoicePayments;

/// <summary>Why a store could not do what was asked.</summary>
public enum PaymentStoreFailure
{
    /// <summary>It cannot be reached or answered something unexpected.</summary>
    Unavailable,

    /// <summary>Somebody else holds it for too long.</summary>
    Busy,

    /// <summary>It may not be written to.</summary>
    ReadOnly,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>What it holds is damaged, or is no store of this library.</summary>
    Corrupt,

    /// <summary>It was made by a newer version of the library.</summary>
    SchemaTooNew,

    /// <summary>It was made by another build of the library, whose schema of the same version is another one.</summary>
    SchemaDiffers,
}

/// <summary>A store could not do what was asked. The message says what to do; the books are as they were unless the reason leaves it open.</summary>
public sealed class PaymentStoreException : Exception
{
    /// <summary>A failure of an unknown kind.</summary>
    public PaymentStoreException()
        : this(PaymentStoreFailure.Unavailable, "The payment store is not available.")
    {
    }

    /// <summary>A failure of an unknown kind.</summary>
    public PaymentStoreException(string message)
        : this(PaymentStoreFailure.Unavailable, message)
    {
    }

    /// <summary>A failure of an unknown kind.</summary>
    public PaymentStoreException(string message, Exception? innerException)
        : this(PaymentStoreFailure.Unavailable, message, innerException)
    {
    }

    /// <summary>A failure of a known kind.</summary>
    /// <param name="failure">What kind.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The database's own exception.</param>
    public PaymentStoreException(PaymentStoreFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public PaymentStoreFailure Failure { get; }
}
