using System.Net;
using System.Text.Json.Nodes;

namespace InvoicePayments.Tests;

/// <summary>The double holds every request to Stripe's published description, whoever sends it.</summary>
public sealed class DoubleTests
{
    [Theory]
    [InlineData("v1/payment_intents", "amount=700&currency=eur&nonsense=1", "parameter_unknown", "nonsense")]
    [InlineData("v1/payment_intents", "amount=700&currency=eur&automatic_payment_methods[nonsense]=1", "parameter_unknown", "automatic_payment_methods[nonsense]")]
    [InlineData("v1/payment_intents", "amount=seven&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("v1/payment_intents", "amount=700", "parameter_missing", "currency")]
    [InlineData("v1/payment_intents", "amount=700&currency=eur&capture_method=later", null, "capture_method")]
    [InlineData("v1/payment_intents", "amount=700&currency=eur&confirm=maybe", null, "confirm")]
    [InlineData("v1/payment_intents", "amount=700&currency=eur&setup_future_usage=always", null, "setup_future_usage")]
    [InlineData("v1/payment_intents/pi_1/capture", "final_capture=false", "parameter_unknown", "final_capture")]
    [InlineData("v1/refunds", "payment_intent=pi_1&reason=bored", null, "reason")]
    [InlineData("v1/checkout/sessions", "mode=payment&nonsense=1", "parameter_unknown", "nonsense")]
    [InlineData("v1/transfers", "amount=700&currency=eur", "parameter_missing", "destination")]
    public async Task WhatTheDescriptionDoesNotAllow_IsTurnedAway(string path, string form, string? code, string parameter)
    {
        await using var host = await StripeHost.OpenAsync();
        if (!host.Server.HoldsToDescription) Assert.Skip("Stripe's published description is not on this machine.");

        var (status, error) = await SendAsync(host, path, form);

        Assert.Equal((HttpStatusCode.BadRequest, code, parameter), (status, error?["code"]?.GetValue<string>(), error?["param"]?.GetValue<string>()));
        Assert.Empty(host.World.All("payment_intent"));
    }

    [Fact]
    public async Task AKeyWhoseRequestWasTurnedAway_IsFree()
    {
        await using var host = await StripeHost.OpenAsync();
        if (!host.Server.HoldsToDescription) Assert.Skip("Stripe's published description is not on this machine.");

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(host, "v1/payment_intents", "amount=700", "key-1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, "v1/payment_intents", "amount=700&currency=eur", "key-1")).Status);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Error)> SendAsync(StripeHost host, string path, string form, string? key = null)
    {
        using var http = new HttpClient { BaseAddress = host.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", host.Server.ApiKey) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request, StripeHost.Token);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(StripeHost.Token))?["error"]);
    }
}
