namespace InvoicePayments;

/// <summary>One side of a booking.</summary>
/// <param name="Account">Where.</param>
/// <param name="Amount">How much, in the invoice's currency: positive is a debit, negative a credit, never zero.</param>
public sealed record JournalLine(JournalAccount Account, Money Amount);

/// <summary>What one fact does to the books. Its lines always sum to zero.</summary>
/// <param name="Sequence">The number of the fact that it follows from.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Lines">The lines: debits and credits.</param>
public sealed record JournalEntry(long Sequence, DateTimeOffset At, IReadOnlyList<JournalLine> Lines);
