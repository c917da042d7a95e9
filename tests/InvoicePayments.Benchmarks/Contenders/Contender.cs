namespace InvoicePayments.Benchmarks;

/// <summary>Somebody who can take payments: this library, the limit, or what a user would write instead. Every call is durable when it returns.</summary>
internal abstract class Contender(string name) : IAsyncDisposable
{
    internal string Name => name;

    /// <summary>Makes its tables and so many invoices that never get full.</summary>
    internal abstract Task BeginAsync(int invoices);

    /// <summary>Records one unit of money that moved elsewhere.</summary>
    internal abstract Task PayOfflineAsync(int invoice, string key);

    /// <summary>Reserves, asks a gateway that takes its time, and records what it says.</summary>
    internal virtual Task PayOnlineAsync(int invoice, string key, TimeSpan gateway) => throw new NotSupportedException($"{Name} does not pay online.");

    /// <summary>How many calls it sent away, for whatever reason.</summary>
    internal virtual long Refused => 0;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
