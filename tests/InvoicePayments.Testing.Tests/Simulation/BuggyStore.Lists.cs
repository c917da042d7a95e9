namespace InvoicePayments.Tests;

/// <content>What a store lists beside: honest, so that everything is wanted of it.</content>
internal sealed partial class BuggyStore : IDueInvoices, IAccountCreditQueries, IGatewayMovements, IParkedOutcomes
{
    public AccountCredit? Credit(TenantId tenant, CreditAddress address) => _inner.Credits.FirstOrDefault(
        c => c.Tenant == tenant && (c.Account, c.Currency) == (address.Account, address.Currency));

    public ValueTask<IReadOnlyList<DueInvoice>> ListDueInvoicesAsync(
        TenantId tenant, DateTimeOffset dueBy, DueInvoice? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListDueInvoicesAsync(tenant, dueBy, after, limit, cancellationToken);

    public ValueTask<long> CountDueInvoicesAsync(TenantId tenant, DateTimeOffset dueBy, CancellationToken cancellationToken) =>
        _inner.CountDueInvoicesAsync(tenant, dueBy, cancellationToken);

    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListCreditFactsAsync(tenant, credit, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken) =>
        _inner.ListMovementsAsync(tenant, gateway, from, until, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        _inner.ListDueParkedAsync(now, limit, cancellationToken);

    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken) =>
        _inner.PutOffParkedAsync(parked, until, cancellationToken);

    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken) => _inner.RemoveParkedAsync(parked, cancellationToken);
}
