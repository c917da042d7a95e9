namespace InvoicePayments;

/// <summary>Takes what happened out of the library: to a queue, a webhook, a log. The host implements it.</summary>
public interface IEventPublisher
{
    /// <summary>
    /// Takes one fact. It comes at least once, and in order per invoice: the next fact of an invoice comes only after this one was taken.
    /// It comes again when a host dies in between, so whoever receives it should know <see cref="OutboxMessage.Id"/> again. Whatever is
    /// thrown means that it was not taken; it is tried again later. The token is cancelled when the lease on the invoice ends.
    /// </summary>
    ValueTask PublishAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// The same for a fact of an account's credit: at least once, in order per account and currency. A publisher that does not implement it is
    /// not told of credit.
    /// </summary>
    ValueTask PublishAsync(CreditMessage message, CancellationToken cancellationToken) => default;
}

/// <summary>A fact on its way out.</summary>
/// <param name="Fact">The fact, for the host's own eyes.</param>
/// <param name="Notifications">What a customer is told of it; often nothing.</param>
public sealed record OutboxMessage(InvoiceEvent Fact, IReadOnlyList<InvoiceNotification> Notifications)
{
    /// <summary>The same for every delivery of the same fact, and for no other.</summary>
    public string Id => $"{Fact.Tenant}/{Fact.Invoice}/{Fact.Sequence}";
}

/// <summary>A fact of an account's credit on its way out.</summary>
/// <param name="Fact">The fact.</param>
public sealed record CreditMessage(CreditEvent Fact)
{
    /// <summary>The same for every delivery of the same fact, and for no other.</summary>
    public string Id => $"{Fact.Tenant}/credit/{Fact.Currency.Code}/{Fact.Account}/{Fact.Sequence}";
}
