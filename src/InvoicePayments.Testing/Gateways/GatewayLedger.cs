namespace InvoicePayments;

/// <summary>
/// The money that scripted gateways moved, and what they remember of every reference: in memory, or in a file that several processes
/// share and that outlives all of them. Several gateways may use one ledger, as several hosts use one account at a real gateway.
/// </summary>
public sealed class GatewayLedger
{
    private readonly Lock _lock = new();
    private readonly string? _path;
    private LedgerBook _book = new();
    private long _read;

    /// <summary>A ledger in memory.</summary>
    public GatewayLedger()
    {
    }

    private GatewayLedger(string path) => _path = path;

    /// <summary>Every movement, oldest first; a copy.</summary>
    public IReadOnlyList<LedgerEntry> Entries => Hold(book => (IReadOnlyList<LedgerEntry>)[.. book.Entries]);

    /// <summary>How many movements there are.</summary>
    internal int Count => Hold(book => book.Entries.Count);

    /// <summary>A ledger in a file, one line per decision. It is read again before every decision, under a lock that all processes respect.</summary>
    /// <param name="path">The file; it is made when it is not there, its folder is not.</param>
    public static GatewayLedger InFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(Path.GetFullPath(path));
    }

    /// <summary>All that was charged or captured in a currency; what is only blocked has not moved.</summary>
    public Money Charged(Currency currency) => Sum(currency, e => !e.GivesBack);

    /// <summary>All that was given back in a currency, by refunds and by voids.</summary>
    public Money Refunded(Currency currency) => Sum(currency, e => e.Kind is OperationKind.Refund or OperationKind.Void);

    /// <summary>All that lost disputes and returned debits have taken in a currency.</summary>
    public Money Taken(Currency currency) => Sum(currency, e => e.Kind is OperationKind.Dispute or OperationKind.Return);

    /// <summary>Charged less refunded less taken, in a currency.</summary>
    public Money Total(Currency currency) => Charged(currency) - Refunded(currency) - Taken(currency);

    /// <summary>Charged less refunded less taken, per currency that ever moved.</summary>
    public IReadOnlyDictionary<Currency, Money> Totals =>
        Entries.Select(e => e.Money.Currency).Distinct().ToDictionary(currency => currency, Total);

    /// <summary>The movements of one reference, oldest first. More than one means that somebody paid twice.</summary>
    public IReadOnlyList<LedgerEntry> MovementsOf(GatewayReference reference) => [.. Entries.Where(e => e.Reference == reference)];

    /// <summary>Reads and decides while nobody else can, in this process or another; what the decision wrote is kept.</summary>
    internal T Hold<T>(Func<LedgerBook, T> decide)
    {
        lock (_lock)
        {
            if (_path is null) return InMemory(decide);
            using var file = LedgerFile.Open(_path);
            try
            {
                _read = LedgerFile.ReadFrom(file, _read, _book);
                var result = decide(_book);
                _read = LedgerFile.Append(file, _read, _book.Unwritten);
                _book.Written();
                return result;
            }
            catch
            {
                // What is in the file is the truth; what was decided and not written never was.
                (_book, _read) = (new(), 0);
                throw;
            }
        }
    }

    private T InMemory<T>(Func<LedgerBook, T> decide)
    {
        var result = decide(_book);
        _book.Written();
        return result;
    }

    private Money Sum(Currency currency, Func<LedgerEntry, bool> which) => Entries
        .Where(e => e.Money.Currency == currency && which(e))
        .Aggregate(Money.Zero(currency), (sum, entry) => sum + entry.Money);
}
