using System.Collections.Concurrent;
using System.Net;
using InvoicePayments;

namespace QuickStart;

/// <summary>The address at which a gateway's webhooks arrive; what a web host does in one endpoint.</summary>
internal sealed class WebhookEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<OperationId, PaymentResult> _last = new();
    private readonly Task _serving;
    private int _taken;

    private WebhookEndpoint(string url, IInvoicePaymentService payments, GatewayName gateway)
    {
        _listener.Prefixes.Add(url);
        _listener.Start();
        _serving = ServeAsync(payments, gateway);
    }

    /// <summary>How many were the gateway's own.</summary>
    public int Taken => _taken;

    public static WebhookEndpoint? Open(string? url, IInvoicePaymentService payments, GatewayName gateway) =>
        url is null ? null : new(url, payments, gateway);

    /// <summary>What the last webhook about an operation made of it; null when none has come.</summary>
    public PaymentResult? LastOf(OperationId operation) => _last.GetValueOrDefault(operation);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(IInvoicePaymentService payments, GatewayName gateway)
    {
        while (await NextAsync() is { } context)
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!);
            var receipt = await payments.ReceiveAsync(gateway, new(body.ToArray(), headers));
            if (receipt.StatusCode == 200) _taken++;
            foreach (var result in receipt.Results)
                if (result.Operation is { } operation) _last[operation.Id] = result;
            context.Response.StatusCode = receipt.StatusCode;
            context.Response.Close();
        }
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            return null;
        }
    }
}
