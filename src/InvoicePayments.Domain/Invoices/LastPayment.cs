namespace InvoicePayments;

/// <summary>
/// The payment that was last begun for an invoice and has not failed: a small mark on the invoice itself, so that a second click is
/// recognised without looking at history.
/// </summary>
/// <param name="Operation">The operation that began it.</param>
/// <param name="Amount">This invoice's part of it.</param>
/// <param name="Method">With what: a stored method, a new card at a gateway, or a way of paying offline. Never a token: each click makes a new one.</param>
/// <param name="At">When it was begun, UTC.</param>
public sealed record LastPayment(OperationId Operation, Money Amount, string Method, DateTimeOffset At);
