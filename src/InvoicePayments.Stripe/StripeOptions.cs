namespace InvoicePayments;

/// <summary>How Stripe is reached and read.</summary>
public sealed class StripeOptions
{
    /// <summary>The version of Stripe's API that every request is pinned to, whatever the account's default is.</summary>
    public const string ApiVersion = "2023-08-16";

    // What is easily taken for a signing secret.
    private static readonly string[] OtherThanSecrets = ["sk_", "rk_", "pk_", "we_", "acct_"];

    /// <summary>The secret key (<c>sk_…</c>) or a restricted one (<c>rk_…</c>). Required. It is in no log and no message.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// The signing secrets of the webhook endpoint (<c>whsec_…</c>); several while one is being replaced. None by default: then every webhook is
    /// rejected, and what a payer does is learned by asking.
    /// </summary>
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>How old a webhook's signature may be, and how far ahead of our clock. Default five minutes, at most a day.</summary>
    public TimeSpan WebhookTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the API is: Stripe's own address by default. Another one for tests and proxies.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.stripe.com/");

    /// <summary>Where payers come back to from a payment link when the command names no address. None by default: then a link without one is refused.</summary>
    public Uri? ReturnUrl { get; set; }

    /// <summary>The tenants whose payments may be split over connected accounts (Stripe Connect, separate charges and transfers). None by default.</summary>
    public ICollection<TenantId> SplitFundingFor { get; } = [];

    /// <summary>
    /// How many pages of a hundred payments are looked through for one whose answer was lost, 1 to 1,000. Default 20. An account with more
    /// payments than that in a quarter of an hour needs more; until then such a payment waits, and is never taken as not there.
    /// </summary>
    public int LookUpPages { get; set; } = 20;

    /// <summary>Whether the key is of live mode, where it says so; events of the other mode are not ours.</summary>
    internal bool? IsLive =>
        ApiKey.AsSpan(2).StartsWith("_live_") ? true : ApiKey.AsSpan(2).StartsWith("_test_") ? false : null;

    /// <summary>What is wrong, one sentence each, with the option to correct. No sentence repeats a key or secret.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!ApiKey.StartsWith("sk_", StringComparison.Ordinal) && !ApiKey.StartsWith("rk_", StringComparison.Ordinal))
            yield return $"{nameof(ApiKey)} is Stripe's secret key, which begins with sk_, or a restricted one, which begins with rk_.";
        else if (!ApiKey.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            yield return $"{nameof(ApiKey)} has letters, digits and underscores only: something else was copied with it.";
        if (WebhookSecrets.Any(string.IsNullOrWhiteSpace)) yield return $"{nameof(WebhookSecrets)} holds an empty secret: leave it out.";
        if (WebhookSecrets.Any(secret => OtherThanSecrets.Any(start => secret?.StartsWith(start, StringComparison.Ordinal) is true)))
            yield return $"{nameof(WebhookSecrets)} holds an API key or the id of an endpoint: what is wanted is the endpoint's signing secret, which begins with whsec_.";
        if (WebhookSecrets.Any(secret => secret is { Length: > 0 } && secret.Any(char.IsWhiteSpace)))
            yield return $"{nameof(WebhookSecrets)} holds a secret with a blank or a line end in it: something else was copied with it.";
        if (WebhookTolerance <= TimeSpan.Zero || WebhookTolerance > TimeSpan.FromDays(1))
            yield return $"{nameof(WebhookTolerance)} is more than zero and at most a day, not {WebhookTolerance}.";
        if (BaseAddress is not { IsAbsoluteUri: true } || !BaseAddress.AbsoluteUri.EndsWith('/'))
            yield return $"{nameof(BaseAddress)} is an absolute address that ends with a slash.";
        else if (BaseAddress.Scheme != Uri.UriSchemeHttps && !BaseAddress.IsLoopback)
            yield return $"{nameof(BaseAddress)} is https: the key must not go out in clear.";
        if (ReturnUrl is { IsAbsoluteUri: false }) yield return $"{nameof(ReturnUrl)} is an absolute address.";
        if (LookUpPages is < 1 or > 1_000) yield return $"{nameof(LookUpPages)} is between 1 and 1,000, not {LookUpPages}.";
    }
}
