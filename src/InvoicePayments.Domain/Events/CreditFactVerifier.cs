namespace InvoicePayments;

/// <summary>Verifies the facts of one account's credit, as <see cref="FactVerifier"/> does those of an invoice.</summary>
public sealed class CreditFactVerifier
{
    private readonly AccountCredit _credit;
    private readonly ChainVerifier _chain;

    /// <summary>A verifier for the facts of <paramref name="credit"/>.</summary>
    public CreditFactVerifier(AccountCredit credit)
    {
        _credit = credit ?? throw new ArgumentNullException(nameof(credit));
        _chain = new($"the {credit.Currency.Code} credit of account {credit.Account}", credit.FactCount, credit.FactHash);
    }

    /// <summary>Looks at the next fact. Facts that are newer than the credit as it was given are passed over.</summary>
    public void Take(CreditEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var isOwn = fact.Account == _credit.Account && fact.Currency == _credit.Currency && fact.Tenant == _credit.Tenant;
        _chain.Take(fact.Sequence, isOwn, fact.Previous, () => FactChain.HashOf(fact));
    }

    /// <summary>The verdict, after the last fact.</summary>
    public FactVerification End() => _chain.End();
}
