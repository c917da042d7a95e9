namespace InvoicePayments;

/// <summary>
/// A store that forgets everything when the process ends, and otherwise keeps every promise of the ports: for tests, demos and
/// simulations. One lock guards it all, so every answer is as of one moment. Any number of threads may use it.
/// </summary>
public sealed partial class InMemoryPaymentStore
    : ICommitInOrder, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IOutbox, IDueInvoices, IAccountCreditQueries, IGatewayMovements,
      IParkedOutcomes, IRetention
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId, InvoiceId), InvoiceRow> _invoices = [];
    private readonly Dictionary<(TenantId, OperationId), OperationRow> _operations = [];
    private readonly Dictionary<(TenantId, GatewayPaymentAddress), SortedList<long, OperationRow>> _movements = [];
    private readonly Dictionary<(TenantId, PaymentId), Payment> _payments = [];
    private readonly Dictionary<(TenantId, PaymentMethodId), StoredPaymentMethod> _methods = [];
    private readonly Dictionary<(TenantId, OperationId), List<ParkedOutcome>> _parked = [];
    private readonly Dictionary<(TenantId, CreditAddress), AccountCredit> _credits = [];
    private readonly Dictionary<(TenantId, CreditAddress), SortedList<long, CreditEvent>> _creditFacts = [];
    private readonly List<ParkedOutcome> _parkedInOrder = [];
    private readonly Dictionary<ParkedOutcome, DateTimeOffset> _parkedUntil = [];
    private readonly SortedDictionary<(DateTimeOffset At, long Number), OperationAddress> _due = [];
    private readonly List<InvoiceEvent> _facts = [];
    private long _lastNumber;

    /// <summary>All invoices of all tenants, as of now; a copy.</summary>
    public IReadOnlyList<Invoice> Invoices
    {
        get { lock (_lock) return [.. _invoices.Values.Where(row => row.Invoice is not null).Select(row => row.Invoice!)]; }
    }

    /// <summary>All operations of all tenants, oldest first; a copy.</summary>
    public IReadOnlyList<PaymentOperation> Operations
    {
        get { lock (_lock) return [.. _operations.Values.OrderBy(row => row.Number).Select(row => row.Operation)]; }
    }

    /// <summary>All payments of all tenants; a copy.</summary>
    public IReadOnlyList<Payment> Payments
    {
        get { lock (_lock) return [.. _payments.Values]; }
    }

    /// <summary>All facts of all tenants, in the order in which they were committed; a copy.</summary>
    public IReadOnlyList<InvoiceEvent> Facts
    {
        get { lock (_lock) return [.. _facts]; }
    }

    /// <summary>What the accounts of all tenants have as credit; a copy.</summary>
    public IReadOnlyList<AccountCredit> Credits
    {
        get { lock (_lock) return [.. _credits.Values]; }
    }

    /// <summary>All commands that are kept to be asked again; a copy. None of them belongs to a final operation.</summary>
    public IReadOnlyList<GatewayCommand> Commands
    {
        get { lock (_lock) return [.. _operations.Values.Where(row => row.Command is not null).Select(row => row.Command!)]; }
    }

    /// <summary>All parked outcomes of all tenants, oldest first; a copy.</summary>
    public IReadOnlyList<ParkedOutcome> Parked
    {
        get { lock (_lock) return [.. _parkedInOrder]; }
    }

    /// <summary>All payment methods of all tenants; a copy.</summary>
    public IReadOnlyList<StoredPaymentMethod> PaymentMethods
    {
        get { lock (_lock) return [.. _methods.Values]; }
    }

    private InvoiceRow RowOf(TenantId tenant, InvoiceId invoice)
    {
        if (!_invoices.TryGetValue((tenant, invoice), out var row)) _invoices[(tenant, invoice)] = row = new();
        return row;
    }

    /// <summary>An invoice with what is looked up through it, so that a load never searches.</summary>
    private sealed class InvoiceRow
    {
        /// <summary>Null while only its operations or facts have been seen.</summary>
        public Invoice? Invoice { get; set; }

        public SortedList<long, OperationRow> Operations { get; } = [];

        public SortedList<long, OperationRow> Open { get; } = [];

        public SortedList<long, InvoiceEvent> Facts { get; } = [];
    }

    private sealed class OperationRow(long number, PaymentOperation operation)
    {
        /// <summary>Its place among all operations in the order of their first commit.</summary>
        public long Number { get; } = number;

        public PaymentOperation Operation { get; set; } = operation;

        public GatewayCommand? Command { get; set; }

        /// <summary>What its gateway calls it; null while that is not known.</summary>
        public GatewayPaymentAddress? Address =>
            Operation is { Gateway: { } gateway, GatewayPaymentId: { } id } ? new GatewayPaymentAddress(gateway, id) : null;
    }
}
