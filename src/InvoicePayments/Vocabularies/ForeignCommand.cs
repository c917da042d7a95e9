namespace InvoicePayments;

/// <summary>What a request in another system's words asks for, in ours: a closed set.</summary>
public abstract record ForeignCommand
{
    private ForeignCommand()
    {
    }

    /// <summary>Carries it out. What could not be read is answered as <see cref="Rejection.TextInvalid"/>, and nothing is stored.</summary>
    public abstract Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default);

    /// <summary>Pay an invoice through a gateway.</summary>
    /// <param name="Command">The command.</param>
    public sealed record Pay(PayInvoice Command) : ForeignCommand
    {
        /// <inheritdoc/>
        public override Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(payments);
            return payments.PayAsync(Command, cancellationToken);
        }
    }

    /// <summary>Take money that was blocked before (Chargebee: <c>authorization_transaction_id</c>).</summary>
    /// <param name="Command">The command.</param>
    public sealed record Capture(CapturePayment Command) : ForeignCommand
    {
        /// <inheritdoc/>
        public override Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(payments);
            return payments.CaptureAsync(Command, cancellationToken);
        }
    }

    /// <summary>Record money that moved elsewhere (Stax: <c>/invoice/{id}/pay/{method}</c>).</summary>
    /// <param name="Command">The command.</param>
    public sealed record RecordOffline(RecordOfflinePayment Command) : ForeignCommand
    {
        /// <inheritdoc/>
        public override Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(payments);
            return payments.RecordOfflinePaymentAsync(Command, cancellationToken);
        }
    }

    /// <summary>Create a payment, online or offline (Billingrails).</summary>
    /// <param name="Command">The command.</param>
    public sealed record Create(CreatePayment Command) : ForeignCommand
    {
        /// <inheritdoc/>
        public override Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(payments);
            return payments.CreatePaymentAsync(Command, cancellationToken);
        }
    }

    /// <summary>It could not be read.</summary>
    /// <param name="Problem">What is wrong, in one sentence. It never repeats a token.</param>
    public sealed record Unreadable(string Problem) : ForeignCommand
    {
        /// <inheritdoc/>
        public override Task<PaymentResult> SendAsync(IPayInvoices payments, CancellationToken cancellationToken = default) =>
            Task.FromResult<PaymentResult>(new PaymentResult.Rejected(Rejection.TextInvalid, Problem));
    }
}
