using System.Globalization;
using System.Net.Http.Headers;

namespace InvoicePayments;

/// <summary>Sends one request to Stripe and reads the whole answer. It repeats nothing: whoever asks decides that.</summary>
internal sealed class StripeClient(Func<HttpClient> http)
{
    private const int LongestAnswer = 4 * 1024 * 1024;

    internal static void Prepare(HttpClient http, StripeOptions options)
    {
        http.BaseAddress = options.BaseAddress;
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.ApiKey);
        http.DefaultRequestHeaders.Add("Stripe-Version", StripeOptions.ApiVersion);
        http.DefaultRequestHeaders.UserAgent.Add(new("InvoicePayments", typeof(StripeClient).Assembly.GetName().Version?.ToString(3)));
        http.MaxResponseContentBufferSize = LongestAnswer;

        // The caller's own limit stands around every call.
        http.Timeout = Timeout.InfiniteTimeSpan;
    }

    internal static HttpMessageHandler CreateHandler() => Handler();

    /// <summary>The same without spans, whose addresses would show what is to be charged.</summary>
    internal static HttpMessageHandler CreateQuietHandler()
    {
        var handler = Handler();
        handler.ActivityHeadersPropagator = null;
        return handler;
    }

    private static SocketsHttpHandler Handler() => new()
    {
        // A redirect would carry the key elsewhere.
        AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false,
    };

    internal async Task<StripeReply> GetAsync(string path, StripeForm? query, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query is null ? path : $"{path}?{query}");
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<StripeReply> PostAsync(string path, StripeForm form, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form.ToContent() };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StripeReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http().SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new((int)response.StatusCode, body)
        {
            RetryAfter = WaitOf(response.Headers.RetryAfter),
            ShouldRetry = bool.TryParse(Header(response, "Stripe-Should-Retry"), out var advice) ? advice : null,
            IsReplay = Header(response, "Idempotent-Replayed") == "true",
            RequestId = Header(response, "Request-Id"),
            At = response.Headers.Date,
        };
    }

    // Stripe gives seconds; a proxy in between may give a date, which is left to our own wait.
    private static TimeSpan? WaitOf(RetryConditionHeaderValue? value) =>
        value?.Delta is { } wait && wait >= TimeSpan.Zero ? wait < TimeSpan.FromHours(1) ? wait : TimeSpan.FromHours(1) : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values).ToLower(CultureInfo.InvariantCulture) is var text && name != "Request-Id" ? text : string.Join(',', values) : null;
}
