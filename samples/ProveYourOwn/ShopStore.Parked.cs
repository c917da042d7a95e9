using InvoicePayments;

namespace ProveYourOwn;

/// <content>News about what nobody here knows yet.</content>
internal sealed partial class ShopStore
{
    private readonly Dictionary<ParkedOutcome, DateTimeOffset> _putOff = [];

    public ValueTask<IReadOnlyList<ParkedOutcome>> ListDueParkedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (_lock) return new([.. _parked.OrderBy(DueAt).TakeWhile(p => DueAt(p) <= now).Take(limit)]);
    }

    public ValueTask PutOffParkedAsync(ParkedOutcome parked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_lock) _putOff[parked] = until;
        return default;
    }

    public ValueTask RemoveParkedAsync(ParkedOutcome parked, CancellationToken cancellationToken)
    {
        lock (_lock) _parked.Remove(parked);
        return default;
    }

    private DateTimeOffset DueAt(ParkedOutcome parked) => _putOff.GetValueOrDefault(parked, parked.ReceivedAt);
}
