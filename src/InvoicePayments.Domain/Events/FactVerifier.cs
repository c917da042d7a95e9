namespace InvoicePayments;

/// <summary>
/// Verifies the facts of one invoice one after the other, so that a long history need not be in memory. A fact is vouched for by the hash
/// that the next one holds, and the last one by the invoice. A fact that is not vouched for itself accuses nobody.
/// </summary>
public sealed class FactVerifier
{
    private readonly Invoice _invoice;
    private readonly ChainVerifier _chain;

    /// <summary>A verifier for the facts of <paramref name="invoice"/>.</summary>
    public FactVerifier(Invoice invoice)
    {
        _invoice = invoice ?? throw new ArgumentNullException(nameof(invoice));
        _chain = new($"invoice {invoice.Id}", invoice.FactCount, invoice.FactHash);
    }

    /// <summary>Looks at the next fact. Facts that are newer than the invoice as it was given are passed over.</summary>
    public void Take(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        _chain.Take(fact.Sequence, fact.Invoice == _invoice.Id && fact.Tenant == _invoice.Tenant, fact.Previous, () => FactChain.HashOf(fact));
    }

    /// <summary>The verdict, after the last fact.</summary>
    public FactVerification End() => _chain.End();
}
