namespace InvoicePayments;

/// <summary>What is delivered in one order of its own: the facts of an invoice, or those of an account's credit. A closed set.</summary>
public abstract record OutboxStream
{
    private const string InvoicePrefix = "i:";
    private const string CreditPrefix = "c:";

    private OutboxStream()
    {
    }

    /// <summary>The text under which a store keeps it; no two streams of a tenant share one.</summary>
    public abstract string Key { get; }

    /// <summary>The stream of a fact.</summary>
    public static OutboxStream Of(InvoiceEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return new OfInvoice(fact.Invoice);
    }

    /// <summary>The stream of a fact of an account's credit.</summary>
    public static OutboxStream Of(CreditEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return new OfCredit(new(fact.Account, fact.Currency));
    }

    /// <summary>The stream with this key, as a store has kept it.</summary>
    /// <exception cref="FormatException">It is no key of a stream.</exception>
    public static OutboxStream Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.StartsWith(InvoicePrefix, StringComparison.Ordinal)) return new OfInvoice(new(key[InvoicePrefix.Length..]));
        if (key.StartsWith(CreditPrefix, StringComparison.Ordinal) && key.Length > CreditPrefix.Length + 4 && key[CreditPrefix.Length + 3] == ':')
            return new OfCredit(new(new(key[(CreditPrefix.Length + 4)..]), Currency.FromCode(key.Substring(CreditPrefix.Length, 3))));
        throw new FormatException("This is no key of a stream.");
    }

    /// <summary>The facts of an invoice, an order, a payment request or a credit grant.</summary>
    /// <param name="Invoice">Its id.</param>
    public sealed record OfInvoice(InvoiceId Invoice) : OutboxStream
    {
        /// <inheritdoc/>
        public override string Key => InvoicePrefix + Invoice.Value;

        /// <summary>The key.</summary>
        public override string ToString() => Key;
    }

    /// <summary>The facts of an account's credit in one currency.</summary>
    /// <param name="Credit">Whose, and in which currency.</param>
    public sealed record OfCredit(CreditAddress Credit) : OutboxStream
    {
        /// <inheritdoc/>
        public override string Key => $"{CreditPrefix}{Credit.Currency.Code}:{Credit.Account.Value}";

        /// <summary>The key.</summary>
        public override string ToString() => Key;
    }
}
