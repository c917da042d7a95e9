namespace InvoicePayments;

/// <content>The facts of credit, where the store lists them.</content>
internal sealed partial class HostStore : IAccountCreditQueries
{
    public ValueTask<Page<CreditEvent>> ListCreditFactsAsync(
        TenantId tenant, CreditAddress credit, long? after, int limit, CancellationToken cancellationToken) =>
        CallAsync("list facts of credit", () => CreditFacts.ListCreditFactsAsync(tenant, credit, after, limit, CancellationToken.None));

    private IAccountCreditQueries CreditFacts => world.CreditFacts ?? throw new InvalidOperationException("The simulated store does not list facts of credit.");
}
