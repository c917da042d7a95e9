using System.Text;
using System.Text.Json;

namespace InvoicePayments;

/// <summary>
/// The words in which another system speaks of invoices and payments: its status names, its field names, and how it writes amounts and
/// times. For hosts that migrate: their front ends and reports go on reading what they read before. A closed set of five, which reads
/// their requests and writes their answers and does nothing else. No comment and no token is ever written.
/// </summary>
public abstract partial class Vocabulary
{
    private static readonly JsonWriterOptions Plain = new() { Indented = false };
    private static readonly JsonWriterOptions ForPeople = new() { Indented = true };

    private Vocabulary()
    {
    }

    /// <summary>Pelcro: amounts in minor units, times in ISO 8601, ids that are whole numbers as numbers.</summary>
    public static Vocabulary Pelcro { get; } = new PelcroWords();

    /// <summary>Rapyd: amounts in units of the currency, times in Unix seconds, absent times as zero and absent texts as empty.</summary>
    public static Vocabulary Rapyd { get; } = new RapydWords();

    /// <summary>Stax: amounts in units of the currency, times as <c>2026-03-01 12:00:00</c> UTC, statuses in capitals.</summary>
    public static Vocabulary Stax { get; } = new StaxWords();

    /// <summary>Chargebee: amounts in minor units (cents), times in Unix seconds.</summary>
    public static Vocabulary Chargebee { get; } = new ChargebeeWords();

    /// <summary>Billingrails: amounts in minor units, times in ISO 8601 with milliseconds.</summary>
    public static Vocabulary Billingrails { get; } = new BillingrailsWords();

    /// <summary>All five.</summary>
    public static IReadOnlyList<Vocabulary> All { get; } = [Pelcro, Rapyd, Stax, Chargebee, Billingrails];

    /// <summary>The name of the system.</summary>
    public abstract string Name { get; }

    /// <summary>The system's word for where an invoice stands.</summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="now">The time, UTC, where the word depends on it (Billingrails: overdue); without it nothing is overdue.</param>
    public abstract string StatusOf(Invoice invoice, DateTimeOffset? now = null);

    /// <summary>The system's word for how an operation stands.</summary>
    public abstract string StatusOf(PaymentOperation operation);

    /// <summary>An invoice as one JSON object.</summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="now">The time, UTC, where a word depends on it; without it nothing is overdue.</param>
    /// <param name="indented">In lines, for people; false when left out.</param>
    public string Invoice(Invoice invoice, DateTimeOffset? now = null, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return Json(writer => WriteInvoice(writer, invoice, now), indented);
    }

    /// <summary>A payment, as the given operation of it stands, as one JSON object (Stax, Chargebee: a transaction).</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="operation">One of its operations: the one that paid, or a refund.</param>
    /// <param name="indented">In lines, for people; false when left out.</param>
    public string Payment(Payment payment, PaymentOperation operation, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(payment);
        ArgumentNullException.ThrowIfNull(operation);
        return Json(writer => WritePayment(writer, payment, operation), indented);
    }

    /// <summary>
    /// The answer to a payment as one JSON object, errors included. It holds the client secret of a challenge, and the customer resource
    /// that the host made: it is for the caller alone.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <param name="indented">In lines, for people; false when left out.</param>
    public string Answer(PaymentResult result, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Json(writer => WriteAnswer(writer, result), indented);
    }

    /// <summary>
    /// Reads the system's own request to pay an invoice. A field that is not known is refused rather than passed over: it could have meant
    /// something about the money.
    /// </summary>
    public ForeignCommand Read(ForeignRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return ReadRequest(request);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or JsonException or OverflowException)
        {
            return new ForeignCommand.Unreadable(problem.Message);
        }
    }

    private protected abstract void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now);

    private protected abstract void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation);

    private protected abstract void WriteAnswer(Utf8JsonWriter writer, PaymentResult result);

    private protected abstract ForeignCommand ReadRequest(ForeignRequest request);

    private static string Json(Action<Utf8JsonWriter> write, bool indented)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, indented ? ForPeople : Plain)) write(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
