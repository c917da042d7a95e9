using InvoicePayments;

namespace ProveYourOwn;

/// <summary>A small but whole store of a host: rows in dictionaries under one lock. Its bug is planted in <see cref="IsStale"/>.</summary>
internal sealed partial class ShopStore(bool comparesInvoices)
    : IInvoicePaymentStore, IInvoicePaymentQueries, IDueOperations, IPaymentMethodStore, IOutbox, IDueInvoices, IAccountCreditQueries,
      IGatewayMovements, IParkedOutcomes, IRetention
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId, InvoiceId), Invoice> _invoices = [];
    private readonly Dictionary<(TenantId, PaymentId), Payment> _payments = [];
    private readonly Dictionary<(TenantId, OperationId), OperationChange> _operations = [];
    private readonly List<(TenantId Tenant, OperationId Id)> _inOrder = [];
    private readonly Dictionary<(TenantId, PaymentMethodId), StoredPaymentMethod> _methods = [];
    private readonly List<InvoiceEvent> _facts = [];
    private readonly Dictionary<(TenantId, CreditAddress), AccountCredit> _credits = [];
    private readonly List<CreditEvent> _creditFacts = [];
    private readonly List<ParkedOutcome> _parked = [];

    public ValueTask<CommitResult> CommitAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (IsStale(changes)) return new(CommitResult.Conflict);
            if (changes.Invoices.FirstOrDefault(i => !Holds(i)) is { } wrong)
                throw new PaymentStoreException($"The sums of {wrong.Id} do not hold.");
            if (changes.Credits.Any(c => !c.Holds)) throw new PaymentStoreException("Credit is never negative.");

            var tenant = changes.Tenant;
            foreach (var invoice in changes.Invoices) _invoices[(tenant, invoice.Id)] = invoice;
            foreach (var payment in changes.Payments) _payments[(tenant, payment.Id)] = payment;
            foreach (var change in changes.Operations)
            {
                if (!_operations.ContainsKey((tenant, change.Operation.Id))) _inOrder.Add((tenant, change.Operation.Id));
                _operations[(tenant, change.Operation.Id)] = change;
            }

            _facts.AddRange(changes.Facts);
            foreach (var fact in changes.Facts) Tell(tenant, OutboxStream.Of(fact), fact.Sequence, fact.At);
            foreach (var fact in changes.CreditFacts) Tell(tenant, OutboxStream.Of(fact), fact.Sequence, fact.At);
            foreach (var credit in changes.Credits) _credits[(tenant, new(credit.Account, credit.Currency))] = credit;
            _creditFacts.AddRange(changes.CreditFacts);
            foreach (var news in changes.Parked)
                if (!_parked.Exists(k => (k.Tenant, k.Operation, k.Evidence) == (tenant, news.Operation, news.Evidence))) _parked.Add(news);
            return new(CommitResult.Committed);
        }
    }

    private bool IsStale(ChangeSet changes)
    {
        var tenant = changes.Tenant;
        var operations = changes.Operations.Select(o => o.Operation);
        if (operations.Any(o => o.Version != 1 + (_operations.GetValueOrDefault((tenant, o.Id))?.Operation.Version ?? 0))
            || changes.Payments.Any(p => p.Version != 1 + (_payments.GetValueOrDefault((tenant, p.Id))?.Version ?? 0))
            || changes.Credits.Any(c => c.Version != 1 + (_credits.GetValueOrDefault((tenant, new(c.Account, c.Currency)))?.Version ?? 0))
            || changes.CreditFacts.Any(f => _creditFacts.Any(k => IsOf(k, tenant, new(f.Account, f.Currency)) && k.Sequence == f.Sequence))
            || HasTwice(changes)) return true;

        // The planted bug: whoever read an invoice before somebody else wrote it writes over that, and nobody is told.
        return comparesInvoices
            && (changes.Invoices.Any(i => i.Version != 1 + (_invoices.GetValueOrDefault((tenant, i.Id))?.Version ?? 0))
                || changes.Facts.Any(f => _facts.Any(k => (k.Tenant, k.Invoice, k.Sequence) == (tenant, f.Invoice, f.Sequence))));
    }

    private static bool HasTwice(ChangeSet changes) =>
        changes.Invoices.DistinctBy(i => i.Id).Count() < changes.Invoices.Count
        || changes.Operations.DistinctBy(o => o.Operation.Id).Count() < changes.Operations.Count
        || changes.Payments.DistinctBy(p => p.Id).Count() < changes.Payments.Count;

    private static bool Holds(Invoice invoice)
    {
        try
        {
            return invoice.Sums.HoldFor(invoice.Total.MinorUnits);
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
