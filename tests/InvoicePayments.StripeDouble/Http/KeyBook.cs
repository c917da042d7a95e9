namespace StripeDouble;

/// <summary>
/// The idempotency keys, as documented: the first result after work began is kept for a day, also when it is a 500; other fields under the same
/// key are an error; whoever comes while the first is in flight meets a conflict. What fails before work begins is not kept.
/// </summary>
internal sealed class KeyBook(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>What is answered instead of working; null when the key is this request's own now.</summary>
    internal (Answer Answer, bool IsReplay)? Claim(string key, string request)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(key, out var known) && time.GetUtcNow() - known.At < Kept)
            {
                if (known.Request != request)
                {
                    return (Answer.Error(400, "idempotency_error", null,
                        $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}'."), false);
                }

                return known.Answer is { } kept
                    ? (kept, true)
                    : (Answer.Error(409, "idempotency_error", "idempotency_key_in_use", "There is currently another in-progress request using this idempotent key."), false);
            }

            _entries[key] = new(request, time.GetUtcNow(), null);
            return null;
        }
    }

    internal void Keep(string key, Answer answer)
    {
        lock (_entries) _entries[key] = _entries[key] with { Answer = answer };
    }

    internal void Forget(string key)
    {
        lock (_entries) _entries.Remove(key);
    }

    private sealed record Entry(string Request, DateTimeOffset At, Answer? Answer);
}
