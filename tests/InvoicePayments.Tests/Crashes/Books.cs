namespace InvoicePayments.Tests;

/// <summary>What the books of an invoice must say after any crash, whatever store they are in: the gateway's ledger is the truth.</summary>
internal static class Books
{
    private static readonly Money None = Money.Zero(Currency.EUR);

    /// <summary>Nothing is stuck, money moved at most once per operation; invoice, payments, facts and ledger all say the same.</summary>
    public static async Task AgreeAsync(IInvoicePaymentService service, InvoiceId id, GatewayLedger ledger)
    {
        var invoice = await service.GetInvoiceAsync(id);
        Assert.NotNull(invoice);
        var operations = (await service.ListOperationsAsync(id)).Items;
        foreach (var operation in operations) Agrees(operation, ledger.MovementsOf(operation.Reference));

        var blocked = operations.Where(CrashWorld.IsAtRest).Aggregate(None, (sum, o) => sum + o.Hold!.Held.Total);
        Assert.Equal(blocked, invoice.Reserved);
        Assert.Equal(blocked.IsZero ? InvoiceFlags.None : InvoiceFlags.Authorized, invoice.OpenFlags);
        Assert.Equal(Moved(operations, o => !o.GivesBack), invoice.Sums.Received);
        Assert.Equal(Moved(operations, o => o.GivesBack), invoice.Sums.Refunded);
        Assert.InRange(invoice.Sums.Net, 0, invoice.Total.MinorUnits);

        foreach (var payment in operations.Select(o => o.Payment).Distinct())
        {
            var kept = (await service.GetPaymentAsync(payment))!;
            Assert.All(kept.Shares, share => Assert.Equal(0, share.RefundReserved));
            Assert.Equal(Moved(operations, o => o.Payment == payment && !o.GivesBack), kept.Captured.MinorUnits);
            Assert.Equal(Moved(operations, o => o.Payment == payment && o.GivesBack), kept.Refunded.MinorUnits);
            Assert.Empty(kept.Discrepancies);
        }

        FactsAgree((await service.ListFactsAsync(id, limit: 1_000)).Items, invoice);
    }

    private static void Agrees(PaymentOperation operation, IReadOnlyList<LedgerEntry> movements)
    {
        Assert.True(operation.IsFinal || CrashWorld.IsAtRest(operation), $"It is not final: {operation}");
        Assert.Equal(operation.IsFinal, operation.NextCheckAt is null);
        if (operation.Kind is OperationKind.Offline or OperationKind.Authorize || operation.Authorization is not null && operation.Kind == OperationKind.Void
            || operation.Status != OperationStatus.Succeeded)
        {
            Assert.Empty(movements);
            return;
        }

        var moved = Assert.Single(movements);
        Assert.Equal((moved.Money, moved.GatewayPaymentId, moved.Kind), (operation.Moved, operation.GatewayPaymentId, operation.Kind));
    }

    private static void FactsAgree(IReadOnlyList<InvoiceEvent> facts, Invoice invoice)
    {
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(f => f.Sequence));
        Assert.Equal(invoice.FactCount, facts.Count);

        long received = 0, refunded = 0, reserved = 0, refundReserved = 0;
        foreach (var fact in facts.OfType<InvoiceEvent.OperationEvent>())
        {
            var isRefund = fact.Kind == OperationKind.Refund;
            var (moves, reserves) = fact switch
            {
                // What a capture or void takes over was reserved before.
                InvoiceEvent.Started { Kind: OperationKind.Capture or OperationKind.Void } => (0, 0),
                InvoiceEvent.Started began => (0, began.Reserved.MinorUnits),
                InvoiceEvent.Succeeded done => (done.Moved.MinorUnits, -done.Released.MinorUnits),
                InvoiceEvent.Ended ended => (0, -ended.Released.MinorUnits),
                InvoiceEvent.LateAnswer late => (late.Moved.MinorUnits, 0),
                _ => (0L, 0L),
            };
            (received, refunded) = isRefund ? (received, refunded + moves) : (received + moves, refunded);
            (reserved, refundReserved) = isRefund ? (reserved, refundReserved + reserves) : (reserved + reserves, refundReserved);
        }

        Assert.Equal((invoice.Sums.Received, invoice.Sums.Refunded), (received, refunded));
        Assert.Equal((invoice.Sums.Reserved, 0), (reserved, refundReserved));
    }

    private static long Moved(IReadOnlyList<PaymentOperation> operations, Func<PaymentOperation, bool> which) =>
        operations.Where(which).Sum(o => o.Moved?.MinorUnits ?? 0);
}
