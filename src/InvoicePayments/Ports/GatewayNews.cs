namespace InvoicePayments;

/// <summary>One thing that a notification tells. A closed set.</summary>
public abstract record GatewayNews
{
    private GatewayNews()
    {
    }

    /// <summary>What became of an operation; recorded by <see cref="RecordOutcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Reference">Our reference, as the gateway gave it back.</param>
    /// <param name="What">What became of it.</param>
    public sealed record Outcome(TenantId Tenant, GatewayReference Reference, GatewayOutcome What) : GatewayNews;

    /// <summary>A dispute, a debit that came back, a refund that was made or failed over there; recorded by <see cref="RecordDispute"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Of">The gateway's id of the payment.</param>
    /// <param name="What">What is told of it.</param>
    public sealed record Notice(TenantId Tenant, GatewayPaymentId Of, GatewayNotice What) : GatewayNews;

    /// <summary>Something happened to an operation that can only be understood with what was asked: the gateway is asked about it, by <see cref="ResumeOperation"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Reference">Our reference, as the gateway gave it back.</param>
    public sealed record AskAgain(TenantId Tenant, GatewayReference Reference) : GatewayNews;

    /// <summary>Money moved that nobody asked for here and for which there is no notice, or a person has to do something about it: logged as an error.</summary>
    /// <param name="Why">A short code, and what happened in one sentence.</param>
    public sealed record ForPerson(OperationError Why) : GatewayNews;
}
