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

    /// <summary>
    /// Makes a customer who owns nothing yet: for a method that is kept with its first payment (<see cref="StripeToken.ToKeep"/>), or attached later. The
    /// same account within a day is the same customer.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account; it stands in the customer's metadata.</param>
    /// <param name="email">The customer's address; null leaves it out.</param>
    /// <param name="cancellationToken">Gives up the call; repeat it.</param>
    /// <returns><see cref="StripeCustomerResult.Made"/>, or why not.</returns>
    public Task<StripeCustomerResult> CreateWithoutMethodAsync(TenantId tenant, AccountId account, string? email = null, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var reply = await _desk.CreateCustomerAsync(FormOf(tenant, account, email), KeyOf("new customer", $"{tenant}\n{account}\n{email}"), cancellationToken).ConfigureAwait(false);
            return reply.IsOk && reply.Read(StripeJson.Default.StripeMethod) is { } customer ? new StripeCustomerResult.Made(customer.Id) : Failed(StripeFailures.OutcomeOf(reply));
        });

    /// <summary>Makes a customer who owns the method. The same account and method within a day are the same customer.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account; it stands in the customer's metadata.</param>
    /// <param name="method">A payment method (<c>pm_…</c>) or a single-use token (<c>tok_…</c>) of Stripe's form.</param>
    /// <param name="email">The customer's address; null leaves it out.</param>
    /// <param name="cancellationToken">Gives up the call; repeat it.</param>
    /// <returns><see cref="StripeCustomerResult.Kept"/>, or why not.</returns>
    public Task<StripeCustomerResult> CreateAsync(
        TenantId tenant, AccountId account, PaymentToken method, string? email = null, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var key = KeyOf("customer", $"{tenant}\n{account}\n{method.Reveal()}");
            var (id, failed) = await MethodOfAsync(method, key, cancellationToken).ConfigureAwait(false);
            if (id is null) return failed!;
            var reply = await _desk.CreateCustomerAsync(FormOf(tenant, account, email).Add("payment_method", id), key, cancellationToken).ConfigureAwait(false);
            return reply.IsOk && reply.Read(StripeJson.Default.StripeMethod) is { } customer
                ? new StripeCustomerResult.Kept(StripeToken.OnFile(customer.Id, id))
                : Failed(StripeFailures.OutcomeOf(reply));
        });

    /// <summary>Gives a customer who is known one more method.</summary>
    /// <param name="customer">Stripe's id of the customer, <c>cus_…</c>.</param>
    /// <param name="method">A payment method (<c>pm_…</c>) or a single-use token (<c>tok_…</c>) of Stripe's form.</param>
    /// <param name="cancellationToken">Gives up the call; repeat it.</param>
    /// <returns><see cref="StripeCustomerResult.Kept"/>, or why not.</returns>
    public Task<StripeCustomerResult> AttachAsync(string customer, PaymentToken method, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var key = KeyOf("attach", $"{customer}\n{method.Reveal()}");
            var (id, failed) = await MethodOfAsync(method, key, cancellationToken).ConfigureAwait(false);
            if (id is null) return failed!;
            var onFile = StripeToken.OnFile(customer, id);
            var reply = await _desk.AttachAsync(id, customer, key, cancellationToken).ConfigureAwait(false);
            return reply.IsOk ? new StripeCustomerResult.Kept(onFile) : Failed(StripeFailures.OutcomeOf(reply));
        });

    /// <summary>Takes a method off a customer's file, so that it cannot be charged any more. One that is not on file is off it.</summary>
    /// <param name="onFile">The token of the stored method.</param>
    /// <param name="cancellationToken">Gives up the call; repeat it.</param>
    /// <returns><see cref="StripeCustomerResult.Detached"/>, or why not.</returns>
    public Task<StripeCustomerResult> DetachAsync(PaymentToken onFile, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var id = StripeToken.Split(onFile).Method;
            var reply = await _desk.DetachAsync(id, cancellationToken).ConfigureAwait(false);
            if (reply.IsOk) return new StripeCustomerResult.Detached();
            var now = await _desk.GetMethodAsync(id, cancellationToken).ConfigureAwait(false);
            return now.Status == 404 || (now.IsOk && now.Read(StripeJson.Default.StripeMethod) is { Customer: null })
                ? new StripeCustomerResult.Detached()
                : Failed(StripeFailures.OutcomeOf(reply));
        });

    private static async Task<StripeCustomerResult> AskAsync(Func<Task<StripeCustomerResult>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception escaped) when (StripeFailures.OutcomeOf(escaped) is not null)
        {
            return Failed(StripeFailures.OutcomeOf(escaped)!);
        }
    }

    // Of a single-use token a method is made first.
    private async Task<(string? Id, StripeCustomerResult? Failed)> MethodOfAsync(PaymentToken method, GatewayReference key, CancellationToken cancellationToken)
    {
        var id = StripeToken.Split(method).Method;
        if (!StripeToken.IsSingleUse(id)) return (id, null);
        var made = await _desk.CreateMethodAsync(id, key, cancellationToken).ConfigureAwait(false);
        return made.IsOk && made.Read(StripeJson.Default.StripeMethod) is { } kept ? (kept.Id, null) : (null, Failed(StripeFailures.OutcomeOf(made)));
    }

    private static StripeForm FormOf(TenantId tenant, AccountId account, string? email) => new StripeForm()
        .Add("email", email)
        .Add("metadata[invoice_payments_account]", account.Value)
        .AddIf(tenant != TenantId.Default, $"metadata[{StripeNames.Tenant}]", tenant.Value);

    private static StripeCustomerResult Failed(GatewayOutcome outcome) => outcome switch
    {
        GatewayOutcome.Declined no => new StripeCustomerResult.Declined(no.Why),
        GatewayOutcome.Refused refused => new StripeCustomerResult.Failed(refused.Why),
        GatewayOutcome.NotSent never => new StripeCustomerResult.Failed(never.Why),
        GatewayOutcome.Unknown unknown => new StripeCustomerResult.Failed(unknown.Why),
        _ => new StripeCustomerResult.Failed(new("unexpected_answer", "Stripe's answer could not be read.")),
    };

    private static GatewayReference KeyOf(string what, string about) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{about}")))[..30]);
}
