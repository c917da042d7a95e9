namespace InvoicePayments;

/// <summary>What became of keeping a method on file. A closed set.</summary>
public abstract record StripeCustomerResult
{
    private StripeCustomerResult()
    {
    }

    /// <summary>It is kept.</summary>
    /// <param name="Token">For <see cref="StoredPaymentMethod.Token"/>.</param>
    public sealed record Kept(PaymentToken Token) : StripeCustomerResult;

    /// <summary>The customer is made, and owns nothing yet.</summary>
    /// <param name="Customer">Stripe's id of the customer, <c>cus_…</c>.</param>
    public sealed record Made(string Customer) : StripeCustomerResult;

    /// <summary>The method is on nobody's file any more.</summary>
    public sealed record Detached : StripeCustomerResult;

    /// <summary>The payer's bank did not accept it.</summary>
    /// <param name="Why">Kind, advice, and Stripe's own code and message.</param>
    public sealed record Declined(Decline Why) : StripeCustomerResult;

    /// <summary>It is not kept, or nobody knows. No money is concerned: repeat the call.</summary>
    /// <param name="Why">Code and message.</param>
    public sealed record Failed(OperationError Why) : StripeCustomerResult;
}
