using System.Text;

namespace InvoicePayments;

public sealed partial class InMemoryPaymentStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PaymentOperation>> ListMovementsAsync(
        TenantId tenant, GatewayName gateway, DateTimeOffset from, DateTimeOffset until, PaymentOperation? after, int limit, CancellationToken cancellationToken)
    {
        Require(limit, cancellationToken);
        lock (_lock)
        {
            var moved = _operations.Values.Select(row => row.Operation)
                .Where(o => o.Tenant == tenant && o.Gateway == gateway && o is { GatewayPaymentId: not null, Status: OperationStatus.Succeeded, Moved.IsPositive: true }
                    && o.AnsweredAt >= from && o.AnsweredAt < until && (after is null || Compare(o, after) > 0))
                .OrderBy(o => o, Comparer<PaymentOperation>.Create(Compare));
            return new([.. moved.Take(limit)]);
        }
    }

    // By the bytes, as a database orders them.
    private static int Compare(PaymentOperation first, PaymentOperation second)
    {
        var byGateway = Compare(first.GatewayPaymentId!.Value.Value, second.GatewayPaymentId!.Value.Value);
        return byGateway != 0 ? byGateway : Compare(first.Id.Value, second.Id.Value);
    }

    private static int Compare(string first, string second) => Encoding.UTF8.GetBytes(first).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(second));
}
