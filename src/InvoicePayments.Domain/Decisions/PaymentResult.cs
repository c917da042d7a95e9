namespace InvoicePayments;

/// <summary>
/// The answer to a command about money: a closed set. Each case carries the invoice, the payment and the operation as they stand now,
/// and whether it repeats an earlier answer.
/// </summary>
public abstract record PaymentResult
{
    private PaymentResult()
    {
    }

    /// <summary>The invoices concerned, as they stand now; empty for a rejection that found none.</summary>
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];

    /// <summary>The first of <see cref="Invoices"/>; null for a rejection that found none.</summary>
    public Invoice? Invoice => Invoices.Count > 0 ? Invoices[0] : null;

    /// <summary>The payment, as it stands now (Stax, Chargebee: the transaction); null for a rejection.</summary>
    public Payment? Payment { get; init; }

    /// <summary>The operation that this answer is about; null for a rejection.</summary>
    public PaymentOperation? Operation { get; init; }

    /// <summary>The account credit that pays beside <see cref="Operation"/>, in a payment of its own; null when there is none.</summary>
    public PaymentOperation? CreditOperation { get; init; }

    /// <summary>Whether this repeats what was answered, or was under way, before this call.</summary>
    public bool IsReplay { get; init; }

    /// <summary>One word for the case: <c>succeeded</c>, <c>authorized</c>, <c>action_required</c>, <c>processing</c>, <c>declined</c>, <c>failed</c>, <c>rejected</c>.</summary>
    public abstract string Status { get; }

    /// <summary>A short stable word for what went wrong; null when nothing did.</summary>
    public virtual string? ErrorCode => null;

    /// <summary>What went wrong, in one sentence; null when nothing did.</summary>
    public virtual string? ErrorMessage => null;

    /// <summary>The money moved.</summary>
    public sealed record Succeeded : PaymentResult
    {
        /// <summary>What the host hands its customer beside the answer (Pelcro); null unless a customer paid and the host makes one.</summary>
        public CustomerResource? Customer { get; init; }

        /// <inheritdoc/>
        public override string Status => "succeeded";
    }

    /// <summary>The money is blocked and not taken yet.</summary>
    public sealed record Authorized : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "authorized";
    }

    /// <summary>The payer has to do something; the outcome comes later.</summary>
    /// <param name="Action">What.</param>
    /// <param name="Deadline">Until when, UTC.</param>
    public sealed record ActionRequired(PendingAction Action, DateTimeOffset? Deadline) : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "action_required";
    }

    /// <summary>It is under way, or nobody knows yet: the truth, and recovery finishes it. Repeat the same key to ask again; never use a new one.</summary>
    public sealed record Processing : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "processing";

        /// <inheritdoc/>
        public override string? ErrorCode => Operation?.Error?.Code;

        /// <inheritdoc/>
        public override string? ErrorMessage => Operation?.Error?.Message;
    }

    /// <summary>The payer's bank said no. No money moved, and nothing is reserved any more.</summary>
    /// <param name="Why">Kind, advice, and the gateway's own code and message.</param>
    public sealed record Declined(Decline Why) : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "declined";

        /// <inheritdoc/>
        public override string? ErrorCode => Why.RawCode;

        /// <inheritdoc/>
        public override string? ErrorMessage => Why.Message;
    }

    /// <summary>It surely never happened. No money moved; try again with a new key.</summary>
    /// <param name="Why">Code and message.</param>
    public sealed record Failed(OperationError Why) : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "failed";

        /// <inheritdoc/>
        public override string? ErrorCode => Why.Code;

        /// <inheritdoc/>
        public override string? ErrorMessage => Why.Message;
    }

    /// <summary>Refused before anything was stored or asked. The corrected command may use the same key.</summary>
    /// <param name="Why">Which rule, from the documented list.</param>
    /// <param name="Detail">What exactly, in one sentence.</param>
    public sealed record Rejected(Rejection Why, string Detail) : PaymentResult
    {
        /// <inheritdoc/>
        public override string Status => "rejected";

        /// <inheritdoc/>
        public override string? ErrorCode => Why.Code;

        /// <inheritdoc/>
        public override string? ErrorMessage => Detail;
    }

    /// <summary>
    /// Who is handed a customer resource with this answer: the account that called, and only when its money moved. Null when the host
    /// itself called, so that no customer's token is ever made for somebody else (Pelcro).
    /// </summary>
    /// <param name="caller">The account that called.</param>
    public AccountId? CustomerOf(AccountId? caller) => this is Succeeded && caller == Payment?.Account ? caller : null;

    /// <summary>This answer with what the host hands its customer; only a success carries it.</summary>
    public PaymentResult With(CustomerResource? customer) => this is Succeeded paid ? paid with { Customer = customer } : this;

    /// <summary>The answer that follows from how an operation stands.</summary>
    internal static PaymentResult Of(PaymentOperation operation, Payment? payment, PaymentOperation? credit, IReadOnlyList<Invoice> invoices, bool isReplay)
    {
        PaymentResult result = operation.Status switch
        {
            OperationStatus.Succeeded => new Succeeded(),
            OperationStatus.Authorized => new Authorized(),
            OperationStatus.ActionRequired => new ActionRequired(operation.Action!, operation.ActionDeadline),
            OperationStatus.Declined => new Declined(operation.Decline!),
            OperationStatus.Failed or OperationStatus.Canceled or OperationStatus.Expired => new Failed(operation.Error!),
            _ => new Processing(),
        };
        return result with { Operation = operation, Payment = payment, CreditOperation = credit, Invoices = invoices, IsReplay = isReplay };
    }
}
