using System.Security.Cryptography;
using System.Text;

namespace InvoicePayments;

/// <summary>
/// Keeps payment methods on file at Stripe: makes a customer and attaches a method that Stripe's form has made. What comes out is the token of a
/// <see cref="StoredPaymentMethod"/>, for payments with the payer there or not. Resolve it from the container, by the gateway's name when there are several.
/// </summary>
public sealed class StripeCustomers
{
    private readonly StripeDesk _desk;

    internal StripeCustomers(StripeDesk desk) => _desk = desk;

    /// <summary>Makes a customer who owns the method. The same account and method within a day are the same customer.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account; it stands in the customer's metadata.</param>
    /// <param name="method">A payment method (<c>pm_…</c>) or a single-use token (<c>tok_…</c>) of Stripe's form.</param>
    /// <param name="email">The customer's address; null leaves it out.</param>
    /// <param name="cancellationToken">Gives up the call; repeat it.</param>
    public async Task<StripeCustomerResult> CreateAsync(
        TenantId tenant, AccountId account, PaymentToken method, string? email = null, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(tenant, account, method);
        try
        {
            var (_, id) = StripeToken.Split(method);
            if (StripeToken.IsSingleUse(id))
            {
                var made = await _desk.CreateMethodAsync(id, key, cancellationToken).ConfigureAwait(false);
                if (!made.IsOk || made.Read(StripeJson.Default.StripeMethod) is not { } kept) return Failed(StripeFailures.OutcomeOf(made));
                id = kept.Id;
            }

            var form = new StripeForm().Add("payment_method", id).Add("email", email)
                .Add("metadata[invoice_payments_account]", account.Value)
                .AddIf(tenant != TenantId.Default, $"metadata[{StripeNames.Tenant}]", tenant.Value);
            var reply = await _desk.CreateCustomerAsync(form, key, cancellationToken).ConfigureAwait(false);
            return reply.IsOk && reply.Read(StripeJson.Default.StripeMethod) is { } customer
                ? new StripeCustomerResult.Kept(StripeToken.OnFile(customer.Id, id))
                : Failed(StripeFailures.OutcomeOf(reply));
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return Failed(StripeFailures.OutcomeOf(escaped)!);
        }
    }

    private static StripeCustomerResult Failed(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Declined no => new StripeCustomerResult.Declined(no.Why),
        GatewayOutcome.Refused refused => new StripeCustomerResult.Failed(refused.Why),
        GatewayOutcome.NotSent never => new StripeCustomerResult.Failed(never.Why),
        GatewayOutcome.Unknown unknown => new StripeCustomerResult.Failed(unknown.Why),
        _ => new StripeCustomerResult.Failed(new("unexpected_answer", "Stripe's answer could not be read.")),
    };

    private static GatewayReference KeyOf(TenantId tenant, AccountId account, PaymentToken method) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"customer\n{tenant}\n{account}\n{method.Reveal()}")))[..30]);
}
