namespace InvoicePayments;

/// <summary>Keeps payment methods on file. They are read through <see cref="IInvoicePaymentStore.LoadAsync"/>, together with what they pay.</summary>
public interface IPaymentMethodStore
{
    /// <summary>
    /// Stores a method, over the one with the same tenant and id if there is one. A method marked as default takes the mark off the
    /// account's other methods. Conflict, and nothing stored, when the id belongs to another account.
    /// </summary>
    /// <exception cref="PaymentStoreException">The store could not write.</exception>
    ValueTask<CommitResult> SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken);
}
