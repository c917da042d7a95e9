namespace InvoicePayments;

/// <summary>Keeps payment methods on file. They are read through <see cref="IInvoicePaymentStore.LoadAsync"/>, together with what they pay.</summary>
public interface IPaymentMethodStore
{
    /// <summary>
    /// Stores a method, over the one with the same tenant and id if there is one. A method marked as default takes the mark off the
    /// account's other methods.
    /// </summary>
    /// <exception cref="InvalidOperationException">The id belongs to another account.</exception>
    ValueTask SaveAsync(StoredPaymentMethod method, CancellationToken cancellationToken);
}
