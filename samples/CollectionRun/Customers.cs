using System.Globalization;
using InvoicePayments;

namespace NightlyCollection;

/// <summary>Who owes what: 500 customers with a card on file, and every fiftieth card is declined for want of money.</summary>
internal static class Customers
{
    private const int Count = 500;
    private static readonly DateTimeOffset FirstDue = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static InvoiceId InvoiceOf(int number) => new("INV-" + number.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>Makes the invoices known, many at once, so that the store shares the disk's flush among them. Once they are there it does nothing.</summary>
    public static async Task IssueAsync(IInvoicePaymentService payments, int invoices)
    {
        if (invoices == 0 || await payments.GetInvoiceAsync(InvoiceOf(invoices - 1)) is not null) return;

        var many = new ParallelOptions { MaxDegreeOfParallelism = 64 };
        await Parallel.ForAsync(0, Math.Min(Count, invoices), many, async (i, token) => await payments.SavePaymentMethodAsync(CardOf(i), token));
        await Parallel.ForAsync(0, invoices - 1, many, async (i, token) => await payments.IssueAsync(InvoiceAt(i), token));
        await payments.IssueAsync(InvoiceAt(invoices - 1));
    }

    private static AccountId AccountOf(int number) => new("CUS-" + (number % Count).ToString("D3", CultureInfo.InvariantCulture));

    private static StoredPaymentMethod CardOf(int number) => new()
    {
        Tenant = TenantId.Default, Id = new("card-" + AccountOf(number)), Account = AccountOf(number), Gateway = new("test"), IsDefault = true,
        Token = number % 50 == 0 ? ScriptedTokens.Declined : ScriptedTokens.Visa,
    };

    private static IssueInvoice InvoiceAt(int number) => new()
    {
        InvoiceId = InvoiceOf(number), Account = AccountOf(number), DueAt = FirstDue.AddMinutes(number),
        Total = Money.FromMinorUnits(1_000 + (number % 97 * 50), Currency.EUR),
    };
}
