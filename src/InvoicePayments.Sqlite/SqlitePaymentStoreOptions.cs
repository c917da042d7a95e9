using Microsoft.Data.Sqlite;

namespace InvoicePayments;

/// <summary>How long SQLite waits for the disk before it calls a commit done.</summary>
public enum SqliteSynchronous
{
    /// <summary>Every commit is on the disk before it is answered. The default, and what money needs.</summary>
    Full,

    /// <summary>
    /// Faster; a power cut may lose the last commits that were answered, though it never damages the file. Only for hosts that
    /// reconcile every operation with their gateways afterwards.
    /// </summary>
    Normal,
}

/// <summary>How the SQLite store works. Every default is the safe one.</summary>
public sealed class SqlitePaymentStoreOptions
{
    /// <summary>How long to wait for another process that holds the file, 0 to 10 minutes. 30 seconds by default.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When a commit counts as done. <see cref="SqliteSynchronous.Full"/> by default.</summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;

    /// <summary>For tests: the last word on every connection that is opened.</summary>
    internal Action<SqliteConnection>? Opened { get; set; }

    internal SqlitePaymentStoreOptions Checked()
    {
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(10))
        {
            throw new ArgumentException($"{nameof(BusyTimeout)} is between zero and ten minutes, not {BusyTimeout}.");
        }

        if (!Enum.IsDefined(Synchronous)) throw new ArgumentException($"{nameof(Synchronous)} is Full or Normal.");
        return new() { BusyTimeout = BusyTimeout, Synchronous = Synchronous, Opened = Opened };
    }
}
