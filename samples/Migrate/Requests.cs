using InvoicePayments;

namespace Migrate;

/// <summary>What the five systems' clients send to pay an invoice.</summary>
internal static class Requests
{
    public static IEnumerable<(Vocabulary Words, InvoiceId Invoice, ForeignRequest Request)> Of(AccountId account) =>
    [
        (Vocabulary.Pelcro, new("101"), new("/api/v1/sdk/invoices/101/pay", """{ "payment_gateway": "test", "gateway_token": "tok_visa" }""")
        {
            Key = "pelcro-1", Account = account,
        }),
        (Vocabulary.Rapyd, new("102"), new("/v1/invoices/102/pay", """{ "payment_method": "7" }""") { Key = "rapyd-1" }),
        (Vocabulary.Stax, new("103"), new("/invoice/103/pay", """{ "idempotency_id": "stax-1", "payment_method_id": "7" }""")),
        (Vocabulary.Chargebee, new("104"), new("/api/v2/invoices/104/collect_payment", "amount=25000&payment_source_id=7&payment_initiator=merchant&comment=by+phone")
        {
            Key = "chargebee-1", Currency = Currency.EUR,
        }),
        (Vocabulary.Billingrails, new("105"), new("/v1/payments", $$"""{ "mode": "offline", "account_id": "{{account}}", "reference_id": "PAY-REF-001", "invoice_id": "105" }""")
        {
            Key = "billingrails-1",
        }),
    ];
}
