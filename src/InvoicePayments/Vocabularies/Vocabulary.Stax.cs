using System.Text.Json;

namespace InvoicePayments;

public abstract partial class Vocabulary
{
    private sealed class StaxWords : Vocabulary
    {
        private const string Plainly = "yyyy-MM-dd HH:mm:ss";

        public override string Name => "Stax";

        public override string StatusOf(Invoice invoice, DateTimeOffset? now = null) => invoice.Status switch
        {
            InvoiceStatus.Draft => "DRAFT",
            InvoiceStatus.Paid => "PAID",
            InvoiceStatus.Void => "DELETED",
            _ when invoice.Settled.IsPositive => "PARTIALLY APPLIED",
            _ when invoice.LastAttemptFailed => "ATTEMPTED",
            _ => "SENT",
        };

        public override string StatusOf(PaymentOperation operation) => operation.Status switch
        {
            OperationStatus.Succeeded => "SUCCESS",
            OperationStatus.Declined or OperationStatus.Failed or OperationStatus.Canceled or OperationStatus.Expired => "FAILED",
            _ => "PENDING",
        };

        private protected override void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now)
        {
            writer.WriteStartObject();
            writer.WriteString("id", invoice.Id.Value);
            writer.WriteString("customer_id", invoice.Account.Value);
            writer.WriteString("status", StatusOf(invoice, now));
            writer.WriteNumber("total", invoice.Total.Amount);
            writer.WriteNumber("total_paid", invoice.Settled.Amount);
            writer.WriteNumber("balance_due", invoice.Due.Amount);
            writer.WriteString("currency", invoice.Currency.Code);
            writer.WriteText("payment_method_id", invoice.Details.DefaultPaymentMethod?.Value);
            writer.WriteTime("due_at", invoice.DueAt, Plainly);
            writer.WriteTime("paid_at", invoice.PaidAt, Plainly);
            writer.WriteTime("created_at", invoice.CreatedAt, Plainly);
            writer.WritePairs("meta", invoice.Details.Metadata);
            writer.WriteEndObject();
        }

        private protected override void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            writer.WriteStartObject();
            WriteFields(writer, payment, operation);
            writer.WriteEndObject();
        }

        private void WriteFields(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            writer.WriteString("id", operation.Id.Value);
            writer.WriteString("invoice_id", operation.Allocation.Parts[0].Invoice.Value);
            writer.WriteString("customer_id", payment.Account.Value);
            writer.WriteString("type", TypeOf(operation.Kind));
            writer.WriteString("method", payment.OfflineMethod is { } offline ? WordOf(offline) : "card");
            writer.WriteText("payment_method_id", payment.PaymentMethod?.Value);
            writer.WriteString("status", StatusOf(operation));
            writer.WriteBoolean("success", operation.Status == OperationStatus.Succeeded);
            writer.WriteText("message", operation.Decline?.Message ?? operation.Error?.Message);
            writer.WriteNumber("total", (operation.Moved ?? operation.Amount).Amount);
            writer.WriteNumber("total_refunded", payment.Refunded.Amount);
            writer.WriteBoolean("is_refundable", !operation.GivesBack && payment.Refundable.IsPositive);
            writer.WriteString("currency", payment.Amount.Currency.Code);
            if (operation.Funding is { } funding) WriteFunding(writer, funding);
            writer.WriteText("reference_id", payment.Reference);
            writer.WriteTime("created_at", operation.CreatedAt, Plainly);
        }

        private static string TypeOf(OperationKind kind) => kind switch
        {
            OperationKind.Refund => "refund",
            OperationKind.Void => "void",
            OperationKind.Authorize => "pre_auth",
            OperationKind.Capture => "capture",
            OperationKind.Dispute => "dispute",
            OperationKind.Return => "return",
            _ => "charge",
        };

        private static void WriteFunding(Utf8JsonWriter writer, FundingSplit funding)
        {
            writer.WriteStartArray("funding");
            foreach (var part in funding.Parts)
            {
                writer.WriteStartObject();
                writer.WriteString("account_id", part.Recipient.Value);
                writer.WriteNumber("amount", part.Amount.Amount);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        private protected override void WriteAnswer(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WriteStartObject();
            if (result is { Payment: { } payment, Operation: { } operation })
            {
                WriteFields(writer, payment, operation);
                writer.WritePropertyName("invoice");
                WriteInvoice(writer, result.Invoice!, null);
            }
            else
            {
                writer.WriteText("error", result.ErrorCode);
                writer.WriteText("message", result.ErrorMessage);
            }

            writer.WriteEndObject();
        }

        private protected override ForeignCommand ReadRequest(ForeignRequest request)
        {
            var path = RequestPath.Of(request);
            var fields = RequestFields.OfJson(request.Body);
            var key = fields.Text("idempotency_id") ?? request.Key ?? "";
            var total = fields.Units("total", request.Currency);
            var tenant = request.Tenant ?? TenantId.Default;
            if (path.Segments.Count > 1 && path.Segments[^2] == "pay")
            {
                var offline = (path with { Segments = [.. path.Segments.SkipLast(1)] }).Invoice("invoice", "pay");
                var record = new RecordOfflinePayment
                {
                    Tenant = tenant, InvoiceId = offline, Key = key, Account = request.Account, Amount = total, Method = MethodOf(path.Segments[^1]),
                };
                fields.NothingElse(Name);
                return new ForeignCommand.RecordOffline(record);
            }

            var command = new PayInvoice
            {
                Tenant = tenant, InvoiceId = path.Invoice("invoice", "pay"), Key = key, Account = request.Account, Amount = total,
                PaymentMethod = fields.Text("payment_method_id") is { } method ? new(method) : null,
                Funding = fields.Objects("funding") is { } parts ? new FundingRequest.Amounts([.. parts.Select(part => PartOf(part, request.Currency))]) : null,
            };
            fields.NothingElse(Name);
            return new ForeignCommand.Pay(command);
        }

        private FundingPart PartOf(RequestFields part, Currency? currency)
        {
            if (part.Text("account_id") is not { } account || part.Units("amount", currency) is not { } amount)
                throw new FormatException("A part of funding has an account_id and an amount.");
            part.NothingElse(Name);
            return new(new(account), amount);
        }

        private static string WordOf(OfflineMethod method) => method switch
        {
            OfflineMethod.Cash => "cash",
            OfflineMethod.Check => "check",
            OfflineMethod.GiftCard => "giftcard",
            OfflineMethod.Wire => "wire",
            OfflineMethod.BankTransfer => "bank_transfer",
            OfflineMethod.PayPal => "paypal",
            OfflineMethod.Venmo => "venmo",
            _ => "other",
        };

        private static OfflineMethod MethodOf(string word) =>
            Enum.GetValues<OfflineMethod>().FirstOrDefault(method => WordOf(method) == word, (OfflineMethod)(-1)) is var found && Enum.IsDefined(found)
                ? found
                : throw new FormatException("The path does not end in a method of an offline payment.");
    }
}
