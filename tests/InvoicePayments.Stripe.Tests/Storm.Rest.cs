using System.Text.Json.Nodes;

namespace InvoicePayments.Tests;

/// <content>How all comes to rest, and what must be so then.</content>
internal sealed partial class Storm
{
    private const string Foreign = "none of ours";

    private static readonly OperationStatus[] Resting = [OperationStatus.Succeeded, OperationStatus.Declined, OperationStatus.Failed, OperationStatus.Canceled, OperationStatus.Expired, OperationStatus.Authorized];

    /// <summary>The weather clears, time passes, recovery comes round, and the webhooks that were late arrive, some of them never.</summary>
    internal async Task SettleAsync()
    {
        _isCalm = true;
        for (var round = 0; round < 60; round++)
        {
            // A request may have come through only now, and its bank answers later.
            foreach (var slow in _host.World.All("payment_intent").Where(i => Word(i, "status") == "processing")) _host.World.FinishProcessing(Word(slow, "id"), Draw(() => _random.Next(2) == 0));
            if (round % 10 == 0) await DeliverTheRestAsync();
            _time.Advance(round < 20 ? TimeSpan.FromMinutes(6) : TimeSpan.FromHours(1));
            while ((await _host.Service.RecoverAsync(cancellationToken: StripeHost.Token)).LookedAt > 0)
            {
            }

            if (round >= 20 && (await OperationsAsync()).All(o => Resting.Contains(o.Status))) break;
        }

        await DeliverTheRestAsync();

        // What nobody here asked for only its webhooks tell; one of them arrives.
        foreach (var told in _host.Events.Where(e => Word(e, "type") == "refund.created" && ReferenceOf(e["data"]!["object"]!["metadata"] as JsonObject) == Foreign))
            Assert.Equal(200, (await _host.DeliverAsync(told, at: _time.GetUtcNow())).StatusCode);
    }

    internal async Task CheckAsync()
    {
        var operations = await OperationsAsync();
        foreach (var open in operations.Where(o => !Resting.Contains(o.Status))) Assert.Fail($"{open.Kind} {open.Id} is still {open.Status} ({open.Error?.Code}), and at Stripe {string.Join(", ", _host.World.All("payment_intent").Where(i => ReferenceOf(i["metadata"] as JsonObject) == open.Id.Value).Select(i => Word(i, "status")))}.");

        var foreign = _host.World.Movements.Where(m => ReferenceOf(m.Metadata) == Foreign).Select(m => m.Id).ToHashSet();
        var booked = operations.Where(o => o is { Status: OperationStatus.Succeeded, Moved.IsPositive: true } && o.Kind is OperationKind.Charge or OperationKind.Capture or OperationKind.Refund)
            .GroupBy(o => o.GatewayPaymentId is { } id && foreign.Contains(id.Value) ? id.Value : (o.EvidenceOf ?? o.Id).Value).ToDictionary(g => g.Key, g => g.Sum(o => o.Moved!.Value.MinorUnits));
        var moved = _host.World.Movements.Where(m => m.Kind is "charge" or "capture" or "refund").GroupBy(m => foreign.Contains(m.Id) ? m.Id : ReferenceOf(m.Metadata)).ToDictionary(g => g.Key, g => g.Sum(m => m.Amount));
        Assert.Equal(moved.OrderBy(m => m.Key, StringComparer.Ordinal), booked.OrderBy(b => b.Key, StringComparer.Ordinal));
        foreach (var (reference, amount) in moved.Where(m => !foreign.Contains(m.Key)))
            Assert.True(amount <= operations.Single(o => o.Id.Value == reference).Amount.MinorUnits, $"{reference} moved {amount}, which is more than was asked.");

        CheckRecipients(operations);
        await CheckInvoicesAsync();

        // What is over here is over there too: nobody can pay it any more.
        var open1 = _host.World.All("payment_intent").Where(i => Word(i, "status") is "requires_payment_method" or "requires_confirmation" or "requires_action" && i["metadata"]!["invoice_payments_kind"] is null);
        Assert.Empty(open1.Select(i => $"{Word(i, "id")} {Word(i, "status")}"));
    }

    private void CheckRecipients(IReadOnlyList<PaymentOperation> operations)
    {
        foreach (var split in operations.Where(o => o is { Status: OperationStatus.Succeeded, Funding: not null }))
        {
            var given = _host.World.Movements.Where(m => m.Kind is "transfer" or "reversal" && m.Carries(split.Id.Value)).Sum(m => m.Amount);
            Assert.Equal(split.Moved!.Value.MinorUnits, given);
        }
    }

    private async Task CheckInvoicesAsync()
    {
        foreach (var id in _invoices)
        {
            var invoice = (await _host.Service.GetInvoiceAsync(id, cancellationToken: StripeHost.Token))!;
            Assert.IsType<FactVerification.Intact>(await _host.Service.VerifyFactsAsync(id, cancellationToken: StripeHost.Token));
            Assert.True(invoice.Sums.Received <= invoice.Total.MinorUnits, $"{id} received {invoice.Sums.Received} of {invoice.Total}.");
        }
    }

    // Most of them, in any order, some twice.
    private async Task DeliverTheRestAsync()
    {
        var told = Draw(() => _host.Events.ToArray().Concat(_host.Events.Where(_ => _random.Next(4) == 0)).Where(_ => _random.Next(10) > 0).OrderBy(_ => _random.Next()).ToArray());
        foreach (var one in told)
        {
            Assert.Equal(200, (await _host.DeliverAsync(one, at: _time.GetUtcNow())).StatusCode);
            Delivered++;
        }
    }

    private async Task<IReadOnlyList<PaymentOperation>> OperationsAsync()
    {
        var all = new List<PaymentOperation>();
        foreach (var id in _invoices) all.AddRange((await _host.Service.ListOperationsAsync(id, cancellationToken: StripeHost.Token)).Items);
        return all;
    }

    private static string ReferenceOf(JsonObject? metadata) =>
        (metadata?["invoice_payments_capture"] ?? metadata?["invoice_payments_reference"])?.GetValue<string>() ?? Foreign;

    private static string Word(JsonObject of, string field) => of[field]!.GetValue<string>();
}
