namespace InvoicePayments;

/// <summary>
/// The chart of accounts: a closed set, small on purpose. A host maps it to its own ledger by <see cref="Code"/>. A positive balance is a
/// debit, a negative one a credit.
/// </summary>
public abstract record JournalAccount
{
    private JournalAccount()
    {
    }

    /// <summary>A short stable name, such as <c>receivable</c> or <c>cash:stripe</c>.</summary>
    public abstract string Code { get; }

    /// <summary>An asset: what customers owe on open invoices.</summary>
    public sealed record Receivable : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "receivable";
    }

    /// <summary>An asset: money that a gateway has taken for us and not given back, before its fees and payouts.</summary>
    /// <param name="Gateway">Which gateway.</param>
    public sealed record Cash(GatewayName Gateway) : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "cash:" + Gateway.Value;
    }

    /// <summary>An asset: money that a gateway holds back while a payment is disputed.</summary>
    /// <param name="Gateway">Which gateway.</param>
    public sealed record Disputed(GatewayName Gateway) : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "disputed:" + Gateway.Value;
    }

    /// <summary>An asset: money that moved elsewhere and was recorded by hand, to be matched with the till or the bank.</summary>
    public sealed record OfflineClearing : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "offline_clearing";
    }

    /// <summary>A liability: money that is here beyond what was asked for, and is owed back.</summary>
    public sealed record RefundsPayable : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "refunds_payable";
    }

    /// <summary>A liability: what customers have as credit. It grows with what credit grants ask for and falls with what is paid with it.</summary>
    public sealed record AccountCredit : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "account_credit";
    }

    /// <summary>Income: what was invoiced, less what was taken back with a void.</summary>
    public sealed record Sales : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "sales";
    }

    /// <summary>Less income: money that was given back and is not due again.</summary>
    public sealed record Refunds : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "refunds";
    }

    /// <summary>An expense: what lost disputes and returned debits have taken, less what is due again.</summary>
    public sealed record Chargebacks : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "chargebacks";
    }

    /// <summary>An expense: what was given up on uncollectible invoices, less what came in all the same.</summary>
    public sealed record BadDebts : JournalAccount
    {
        /// <inheritdoc/>
        public override string Code => "bad_debts";
    }

    /// <summary>The code.</summary>
    public sealed override string ToString() => Code;
}
