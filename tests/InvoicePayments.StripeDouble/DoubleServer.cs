using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StripeDouble;

/// <summary>A server on loopback that answers as Stripe does, keeps what it was told, and goes wrong on demand.</summary>
public sealed class DoubleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ApiDescription _description;
    private readonly KeyBook _keys;
    private readonly ConcurrentQueue<Seen> _seen = new();
    private readonly List<Fault> _faults = [];
    private readonly ConcurrentQueue<string> _misshapen = new();
    private int _requests;

    private DoubleServer(WebApplication app, ApiDescription description, TimeProvider time)
    {
        (_app, _description, _time) = (app, description, time);
        (_keys, World) = (new(time), new(time, description));
    }

    /// <summary>What it knows.</summary>
    public World World { get; }

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The key it takes; every other is turned away.</summary>
    public string ApiKey { get; set; } = "sk_test_double";

    /// <summary>Whether requests are held to Stripe's published description.</summary>
    public bool HoldsToDescription => _description.IsThere;

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<Seen> Requests => [.. _seen];

    /// <summary>Answers that were not as described: there should be none.</summary>
    public IReadOnlyList<string> Misshapen => [.. _misshapen];

    /// <summary>Draws a fault for a request; null for none. Asked after those that were set.</summary>
    public Func<string, string, Fault?>? Weather { get; set; }

    /// <summary>What happens after a request was carried out and before it is answered.</summary>
    public Func<Seen, Task>? Answering { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="description">Stripe's description; an empty one holds to nothing.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="port">Where it listens; any free port when zero.</param>
    public static async Task<DoubleServer> StartAsync(ApiDescription description, TimeProvider? time = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Nor does it hang up on somebody whose machine stood still in the middle of a request.
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (null, null);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(10);
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => CuttingConnection.Wrap(connection, c => next(c)));
            });
        });
        var app = builder.Build();
        var server = new DoubleServer(app, description, time ?? TimeProvider.System);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        server.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        server.World.Pages = server.Address;
        return server;
    }

    /// <summary>Lets the next request that fits go wrong.</summary>
    public void Next(params ReadOnlySpan<Fault> faults)
    {
        lock (_faults) foreach (var fault in faults) _faults.Add(fault);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Connections that are kept open are not waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/_double/", StringComparison.Ordinal))
        {
            await Pages.ServeAsync(World, context);
            return;
        }

        var line = CuttingConnection.Of(context.Features.Get<IConnectionItemsFeature>()!.Items);
        line.BeginAnswer();
        using var reader = new StreamReader(context.Request.Body);
        var method = context.Request.Method;
        var form = method == "POST" ? await reader.ReadToEndAsync(context.RequestAborted) : context.Request.QueryString.Value!.TrimStart('?');
        var seen = new Seen(method, path, form, context.Request.Headers["Idempotency-Key"].FirstOrDefault(), context.Request.Headers["Stripe-Version"].FirstOrDefault());
        _seen.Enqueue(seen);
        var fault = Take(method, path);
        if (fault is { CutBefore: true })
        {
            context.Abort();
            return;
        }

        context.Response.Headers["Request-Id"] = $"req_{Interlocked.Increment(ref _requests):D6}";
        var answer = await AnswerAsync(context, seen, fault);
        seen.Status = answer.Status;
        if (Answering is { } first) await first(seen);
        if (fault?.ShouldRetry is { } advice) context.Response.Headers["Stripe-Should-Retry"] = advice ? "true" : "false";
        if (fault?.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers.Date = _time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Body.Length;
        line.CutAt = fault switch
        {
            { CutAnswerAt: < 0 and var fromTheEnd } => await LengthOfHeadAsync(context, line) + answer.Body.Length + fromTheEnd,
            { CutBodyAt: { } part } => await LengthOfHeadAsync(context, line) + (long)(answer.Body.Length * part),
            _ => fault?.CutAnswerAt,
        };
        try
        {
            await context.Response.Body.WriteAsync(answer.Body, CancellationToken.None);
            await context.Response.CompleteAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            // Cut on purpose, or by whoever asked.
        }

        seen.Bytes = line.Written;
    }

    // The head is sent first, so that its length is known.
    private static async Task<long> LengthOfHeadAsync(HttpContext context, CuttingConnection line)
    {
        line.CutAt = null;
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        return line.Written;
    }

    private async Task<Answer> AnswerAsync(HttpContext context, Seen seen, Fault? fault)
    {
        if (!IsAllowed(context.Request.Headers.Authorization.ToString())) return Answer.Error(401, "invalid_request_error", null, "Invalid API Key provided: sk_test_******uble");
        if (fault is { TooMany: true }) return Answer.Error(429, "invalid_request_error", fault.TooManyCode, "Too many requests hit the API too quickly.");
        var given = Params.Parse(seen.Form);
        if (Routes.Find(seen.Method, seen.Path, given) is not { } work) return Answer.Error(404, "invalid_request_error", null, $"Unrecognized request URL ({seen.Method}: {seen.Path}).");
        var key = seen.Method == "POST" ? seen.Key : null;
        if (key is { Length: > 255 }) return Answer.Invalid("parameter_invalid", "Idempotency keys have at most 255 characters.");
        if (_description.Problem(seen.Method, seen.Path, given) is { } problem) return problem;
        if (key is not null && _keys.Claim(key, $"{seen.Path}?{seen.Form}") is { } instead)
        {
            if (instead.IsReplay) context.Response.Headers["Idempotent-Replayed"] = "true";
            return instead.Answer;
        }

        if (fault is { Slow.Ticks: > 0 }) await Task.Delay(fault.Slow, CancellationToken.None);
        var answer = fault?.FailBefore is { } before ? ServerError(before) : Held(World.Do(work));
        if (fault?.FailAfter is { } after) answer = ServerError(after);
        if (key is null) return answer;
        if (answer.Status >= 500 && fault is { IsStored: false }) _keys.Forget(key);
        else _keys.Keep(key, answer);
        return answer;
    }

    private Answer Held(Answer answer)
    {
        if (answer.Status != 200 || !_description.IsThere) return answer;
        var body = JsonNode.Parse(answer.Body)!.AsObject();
        foreach (var one in body["data"]?.AsArray().OfType<JsonObject>() ?? [body])
            if (_description.ProblemOfAnswer(one) is { } problem) _misshapen.Enqueue(problem);
        return answer;
    }

    private static Answer ServerError(int status) => Answer.Error(status, "api_error", null, "An unknown error occurred.");

    private bool IsAllowed(string authorization) => authorization == $"Bearer {ApiKey}"
        || authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(ApiKey + ":"));

    private Fault? Take(string method, string path)
    {
        lock (_faults)
        {
            var at = _faults.FindIndex(f => f.Fits(method, path));
            if (at < 0) return Weather?.Invoke(method, path);
            var fault = _faults[at];
            _faults.RemoveAt(at);
            return fault;
        }
    }
}
