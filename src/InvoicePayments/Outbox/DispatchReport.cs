namespace InvoicePayments;

/// <summary>What one round of delivery did.</summary>
/// <param name="Streams">How many invoices and credits were taken; as many as the limit means that there may be more.</param>
/// <param name="Facts">How many facts were delivered.</param>
/// <param name="Failures">How many of them wait to be tried again.</param>
/// <param name="DeadLetters">How many of them were given up for an operator to look at.</param>
public sealed record DispatchReport(int Streams, int Facts, int Failures, int DeadLetters);
