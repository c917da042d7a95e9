using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace StripeDouble;

/// <summary>Sends what happened to an address, signed, one after the other, and again when it is not taken.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int Tries = 5;

    private readonly Channel<JsonObject> _waiting = Channel.CreateUnbounded<JsonObject>();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri _to;
    private readonly string _secret;
    private int _delivered;

    /// <summary>A sender to this address.</summary>
    public WebhookSender(Uri to, string secret)
    {
        (_to, _secret) = (to, secret);
        _ = Task.Run(SendAsync);
    }

    /// <summary>How many were taken.</summary>
    public int Delivered => _delivered;

    /// <summary>Sends an event, later.</summary>
    public void Enqueue(JsonObject told) => _waiting.Writer.TryWrite(told);

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _http.Dispose();
    }

    private async Task SendAsync()
    {
        await foreach (var told in _waiting.Reader.ReadAllAsync())
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (attempt > 0) await Task.Delay(TimeSpan.FromMilliseconds(200 << attempt));
                if (!await DeliverAsync(told)) continue;
                Interlocked.Increment(ref _delivered);
                break;
            }
        }
    }

    private async Task<bool> DeliverAsync(JsonObject told)
    {
        var body = Encoding.UTF8.GetBytes(told.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, _to) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Stripe-Signature", Signing.HeaderOf(body, _secret, DateTimeOffset.UtcNow));
        try
        {
            using var response = await _http.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
