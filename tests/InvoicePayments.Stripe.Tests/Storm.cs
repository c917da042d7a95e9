using StripeDouble;

namespace InvoicePayments.Tests;

/// <summary>One run of bad weather over a host and its double. A seed draws what is wanted and what goes wrong; threads do the rest.</summary>
internal sealed partial class Storm : IAsyncDisposable
{
    private const int Wishes = 16;
    private static readonly Uri Back = new("https://shop.example/back");

    private static readonly string[] Cards =
    [
        "pm_card_visa", "pm_card_visa", "pm_card_visa", "tok_visa", "pm_card_chargeDeclinedInsufficientFunds", "pm_card_threeDSecure2Required",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "pm_card_slow",
    ];

    private readonly Random _random;
    private readonly StripeHost _host;
    private readonly ManualTimeProvider _time;
    private readonly List<InvoiceId> _invoices = [];
    private bool _isCalm;

    private Storm(int seed, StripeHost host, ManualTimeProvider time)
    {
        (_random, _host, _time) = (new(seed), host, time);
        host.Server.Weather = (method, _) => _isCalm ? null : Draw(() => FaultFor(method));
    }

    internal int Requests => _host.Server.Requests.Count;

    internal int Faults { get; private set; }

    internal int Delivered { get; private set; }

    internal static async Task<Storm> OpenAsync(int seed)
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        return new(seed, await StripeHost.OpenAsync(time, o => o.SplitFundingFor.Add(TenantId.Default)), time);
    }

    /// <summary>People want things, four at a time, and webhooks come in between.</summary>
    internal async Task BlowAsync()
    {
        var left = Wishes;
        var people = Enumerable.Range(0, 4).Select(async who =>
        {
            await Task.Yield();
            while (Interlocked.Decrement(ref left) >= 0) await WishAsync($"inv_{who}_{left}");
        });
        await Task.WhenAll([.. people, DeliverSomeAsync()]);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task WishAsync(string id)
    {
        var (total, card, kind) = Draw(() => (_random.Next(100, 20_000), Cards[_random.Next(Cards.Length)], _random.Next(10)));
        lock (_invoices) _invoices.Add(new(id));
        await _host.IssueAsync(id, total);
        var pay = new PayInvoice { InvoiceId = new(id), Key = $"{id}-pay", Gateway = StripeHost.Stripe, Token = new(card), ReturnUrl = Back };
        pay = kind switch
        {
            0 => pay with { Gateway = null, Token = null, LinkAt = StripeHost.Stripe },
            1 => pay with { Funding = new FundingRequest.Shares(new FundingWeight(new("acct_a"), 2), new FundingWeight(new("acct_b"), 1)) },
            2 or 3 or 4 => pay with { CaptureLater = true },
            _ => pay,
        };
        var answer = await _host.Service.PayAsync(pay, StripeHost.Token);
        if (Draw(() => _random.Next(3) == 0)) answer = await _host.Service.PayAsync(pay, StripeHost.Token);
        await AfterAsync(id, answer);
    }

    private async Task AfterAsync(string id, PaymentResult answer)
    {
        var (choice, part) = Draw(() => (_random.Next(4), _random.Next(1, 100)));
        switch (answer)
        {
            case PaymentResult.ActionRequired { Operation.GatewayPaymentId: { } waiting } when choice < 3:
                await Task.Delay(part / 10, StripeHost.Token);
                if (waiting.Value.StartsWith("cs_", StringComparison.Ordinal)) _host.World.PaySession(waiting.Value, choice == 0 ? "pm_card_chargeDeclined" : "pm_card_visa");
                else _host.World.FinishChallenge(waiting.Value, passes: choice > 0);
                break;
            case PaymentResult.Processing { Operation.GatewayPaymentId: { } slow } when choice < 3:
                _host.World.FinishProcessing(slow.Value, succeeds: choice > 0);
                break;
            case PaymentResult.Authorized { Payment: { } blocked } when choice < 2:
                await _host.Service.CaptureAsync(new() { PaymentId = blocked.Id, Key = $"{id}-capture", Amount = StripeHost.Eur(part) }, StripeHost.Token);
                break;
            case PaymentResult.Authorized { Payment: { } blocked }:
                await _host.Service.VoidPaymentAsync(new() { PaymentId = blocked.Id, Key = $"{id}-void" }, StripeHost.Token);
                break;
            case PaymentResult.Succeeded { Payment: { } paid, Operation.GatewayPaymentId: { } taken }:
                if (part < 30) _host.World.RefundAtStripe(taken.Value, part);
                for (var i = 0; i < choice; i++)
                    await _host.Service.RefundAsync(new() { PaymentId = paid.Id, Key = $"{id}-refund-{i}", Amount = StripeHost.Eur(part / 3 + 1) }, StripeHost.Token);
                break;
        }
    }

    private async Task DeliverSomeAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(10, StripeHost.Token);
            var told = _host.Events.ToArray();
            if (told.Length == 0) continue;
            for (var n = 0; n < 3; n++)
            {
                await _host.DeliverAsync(told[Draw(() => _random.Next(told.Length))]);
                Delivered++;
            }
        }
    }

    private Fault? FaultFor(string method)
    {
        if (_random.Next(100) >= (method == "POST" ? 35 : 15)) return null;
        Faults++;
        return _random.Next(8) switch
        {
            0 => new() { CutBefore = true },
            1 => new() { CutAnswerAt = 0 },
            2 => new() { CutAnswerAt = _random.Next(1, 400) },
            3 => new() { CutAnswerAt = -_random.Next(1, 1_000) },
            4 => new() { FailBefore = 500, IsStored = _random.Next(2) == 0 },
            5 => new() { FailAfter = 500, IsStored = true },
            6 => new() { TooMany = true, RetryAfter = _random.Next(3) },
            _ => new() { Slow = TimeSpan.FromMilliseconds(_random.Next(30)) },
        };
    }

    private T Draw<T>(Func<T> draw)
    {
        lock (_random) return draw();
    }
}
