using InvoicePayments;

namespace NightlyCollection;

/// <summary>The books after a run, read anew from the store and from the gateway's ledger; nothing is counted on the way.</summary>
/// <param name="Paid">How many invoices are paid.</param>
/// <param name="Dunned">How many are to be tried again.</param>
/// <param name="Open">How many are still to be charged by this run.</param>
/// <param name="Held">What the invoices hold.</param>
/// <param name="Ledger">What the gateway says it moved.</param>
/// <param name="Twice">How many invoices or charges were paid more than once.</param>
internal sealed record Books(int Paid, int Dunned, int Open, Money Held, Money Ledger, int Twice)
{
    public bool Agree => Held == Ledger && Twice == 0;

    public static async Task<Books> ReadAsync(IInvoicePaymentService payments, int invoices, GatewayLedger ledger)
    {
        var books = new Books(0, 0, 0, Money.Zero(Currency.EUR), ledger.Total(Currency.EUR), ledger.Entries.GroupBy(e => e.Reference).Count(g => g.Count() > 1));
        for (var i = 0; i < invoices; i++)
        {
            if (await payments.GetInvoiceAsync(Customers.InvoiceOf(i)) is { } invoice) books = books.With(invoice);
        }

        return books;
    }

    private Books With(Invoice invoice) => this with
    {
        Paid = Paid + (invoice.Status == InvoiceStatus.Paid ? 1 : 0),
        Dunned = Dunned + (invoice.Dunning.State == DunningState.InProgress ? 1 : 0),
        Open = Open + (invoice.Status == InvoiceStatus.Open && invoice.Dunning.State == DunningState.None ? 1 : 0),
        Held = Held + Money.FromMinorUnits(invoice.Sums.Net, invoice.Currency),
        Twice = Twice + (invoice.Overpaid.IsPositive ? 1 : 0),
    };
}
