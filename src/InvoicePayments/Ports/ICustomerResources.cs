namespace InvoicePayments;

/// <summary>Makes what a host hands its customer after a payment (Pelcro: the customer resource with a fresh JWT). Optional: register one to have it asked.</summary>
public interface ICustomerResources
{
    /// <summary>
    /// The resource for the account that has just paid, made anew for this answer. Asked after the payment is stored: what it throws is
    /// logged, and the success is answered without a resource.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account that called.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    ValueTask<CustomerResource?> CreateAsync(TenantId tenant, AccountId account, CancellationToken cancellationToken);
}
