namespace InvoicePayments;

/// <summary>
/// The facts of an invoice, or of an account's credit, as a chain: each holds the hash of the one before, and the invoice or credit holds the
/// hash of the last. Whoever changes, removes or adds a fact afterwards would have to change everything after it, and the invoice too.
/// </summary>
public static class FactChain
{
    /// <summary>
    /// The SHA-256 of everything a fact says, its number, its time and the hash of the fact before it among them, in canonical form. It is
    /// the same on every machine, and stays the same: a field that a later version adds is not written for facts of an earlier one.
    /// </summary>
    public static Fingerprint HashOf(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var writer = CanonicalWriter.Begin()
            .Add("version", fact.SchemaVersion).Add("tenant", fact.Tenant.Value).Add("invoice", fact.Invoice.Value)
            .Add("sequence", fact.Sequence).Add("at", fact.At.UtcTicks).Add("previous", fact.Previous?.Value);
        FactContent.Write(writer, fact);
        return writer.ToFingerprint();
    }

    /// <summary>The same for a fact of an account's credit.</summary>
    public static Fingerprint HashOf(CreditEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var writer = CanonicalWriter.Begin()
            .Add("version", fact.SchemaVersion).Add("tenant", fact.Tenant.Value).Add("account", fact.Account.Value).Add("currency", fact.Currency.Code)
            .Add("sequence", fact.Sequence).Add("at", fact.At.UtcTicks).Add("previous", fact.Previous?.Value);
        FactContent.Write(writer, fact);
        return writer.ToFingerprint();
    }

    /// <summary>Whether these are the facts of <paramref name="invoice"/>, all of them and unchanged; the first that is not is named.</summary>
    /// <param name="invoice">The invoice as it stands, with the number and the hash of its last fact.</param>
    /// <param name="facts">Its facts, oldest first.</param>
    public static FactVerification Verify(Invoice invoice, IEnumerable<InvoiceEvent> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var verifier = new FactVerifier(invoice);
        foreach (var fact in facts) verifier.Take(fact);
        return verifier.End();
    }

    /// <summary>The same for the facts of an account's credit.</summary>
    /// <param name="credit">The credit as it stands, with the number and the hash of its last fact.</param>
    /// <param name="facts">Its facts, oldest first.</param>
    public static FactVerification Verify(AccountCredit credit, IEnumerable<CreditEvent> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var verifier = new CreditFactVerifier(credit);
        foreach (var fact in facts) verifier.Take(fact);
        return verifier.End();
    }
}
