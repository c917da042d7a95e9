namespace InvoicePayments;

/// <summary>
/// What a payment at Stripe is paid with, as a <see cref="PaymentToken"/>. A token may be a payment method (<c>pm_…</c>), a source or card on
/// file (<c>src_…</c>, <c>card_…</c>), a single-use token (<c>tok_…</c>), or a payment method together with the customer who owns it.
/// </summary>
public static class StripeToken
{
    private const char Separator = '/';
    private const string Keep = "keep";

    /// <summary>A payment method on file. Stripe charges one only together with the customer it is attached to, so both are kept in one token.</summary>
    /// <param name="customer">Stripe's id of the customer, <c>cus_…</c>.</param>
    /// <param name="paymentMethod">Stripe's id of the method, <c>pm_…</c>.</param>
    /// <exception cref="ArgumentException">One of the two is not what it should be; the message does not repeat it.</exception>
    public static PaymentToken OnFile(string customer, string paymentMethod) => new(Joined(customer, paymentMethod));

    /// <summary>
    /// A payment method that the payment puts on the customer's file (Stripe: <c>setup_future_usage</c>), with the payer's consent and the challenge
    /// that later payments without the payer need. Once it is paid, store <see cref="OnFile"/> of the same two ids. When the payer is not there it is
    /// charged and not kept.
    /// </summary>
    /// <param name="customer">Stripe's id of the customer, <c>cus_…</c>.</param>
    /// <param name="paymentMethod">Stripe's id of the method, <c>pm_…</c>, as its form has made it.</param>
    /// <exception cref="ArgumentException">One of the two is not what it should be; the message does not repeat it.</exception>
    public static PaymentToken ToKeep(string customer, string paymentMethod) => new($"{Joined(customer, paymentMethod)}{Separator}{Keep}");

    private static string Joined(string customer, string paymentMethod)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(paymentMethod);
        if (!customer.StartsWith("cus_", StringComparison.Ordinal) || customer.Contains(Separator, StringComparison.Ordinal))
            throw new ArgumentException("This is not the id of a customer at Stripe, which begins with cus_.", nameof(customer));
        if (paymentMethod.StartsWith("tok_", StringComparison.Ordinal) || paymentMethod.Contains(Separator, StringComparison.Ordinal))
            throw new ArgumentException("This is not a payment method on file; a single-use token is paid with alone.", nameof(paymentMethod));
        return $"{customer}{Separator}{paymentMethod}";
    }

    /// <summary>The customer, when there is one, what is charged, and whether it is to be kept.</summary>
    internal static (string? Customer, string Method, bool IsToKeep) Split(PaymentToken token)
    {
        var parts = token.Reveal().Split(Separator, 3);
        return parts.Length == 1 ? (null, parts[0], false) : (parts[0], parts[1], parts.Length == 3 && parts[2] == Keep);
    }

    /// <summary>Whether it is a single-use token, of which Stripe makes a payment method first.</summary>
    internal static bool IsSingleUse(string method) => method.StartsWith("tok_", StringComparison.Ordinal);
}
