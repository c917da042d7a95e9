using System.Text.Json;

namespace InvoicePayments;

public abstract partial class Vocabulary
{
    private sealed class RapydWords : Vocabulary
    {
        public override string Name => "Rapyd";

        public override string StatusOf(Invoice invoice, DateTimeOffset? now = null) => invoice.Status switch
        {
            InvoiceStatus.Draft => "draft",
            InvoiceStatus.Paid => "paid",
            InvoiceStatus.Uncollectible => "uncollectible",
            InvoiceStatus.Void => "void",
            _ => "open",
        };

        public override string StatusOf(PaymentOperation operation) => operation.Status switch
        {
            OperationStatus.Succeeded => "CLO",
            OperationStatus.Declined or OperationStatus.Failed => "ERR",
            OperationStatus.Canceled => "CAN",
            OperationStatus.Expired => "EXP",
            _ => "ACT",
        };

        private protected override void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now) => Write(writer, invoice, now, null);

        private void Write(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now, PaymentResult? answer)
        {
            var details = invoice.Details;
            writer.WriteStartObject();
            writer.WriteString("id", invoice.Id.Value);
            writer.WriteNumber("attempt_count", invoice.AttemptCount);
            writer.WriteString("billing", details.Billing == InvoiceBilling.PayAutomatically ? "pay_automatically" : "send_invoice");
            writer.WriteString("billing_reason", details.BillingReason ?? "manual");
            writer.WriteNumber("created_at", Seconds(invoice.CreatedAt));
            writer.WriteString("currency", invoice.Currency.Code);
            writer.WriteString("customer", invoice.Account.Value);
            writer.WriteString("description", details.Description ?? "");
            writer.WriteNull("discount");
            writer.WriteNumber("due_date", Seconds(invoice.DueAt));
            writer.WriteNumber("days_until_due", details.DaysUntilDue ?? 0);
            writer.WritePairs("metadata", details.Metadata);
            writer.WriteString("payment_method", details.DefaultPaymentMethod?.Value ?? "");
            writer.WritePropertyName("payment");
            if (answer is { Payment: { } payment, Operation: { } operation }) WritePayment(writer, payment, operation);
            else writer.WriteNullValue();
            writer.WriteNull("payout");
            writer.WriteNull("payment_fields");
            writer.WriteNumber("period_end", Seconds(details.PeriodEnd));
            writer.WriteNumber("period_start", Seconds(details.PeriodStart));
            WriteLines(writer, details.Lines);
            writer.WriteString("statement_descriptor", details.StatementDescriptor ?? "");
            writer.WriteString("subscription", details.Subscription ?? "");
            writer.WriteNumber("discount_amount", details.Discount?.Amount ?? 0);
            writer.WriteNumber("subtotal", (details.Subtotal ?? invoice.Total).Amount);
            writer.WriteNumber("tax", details.Tax?.Amount ?? 0);
            writer.WriteNumber("tax_percent", details.TaxPercent ?? 0);
            writer.WriteNumber("total", invoice.Total.Amount);
            writer.WriteString("status", StatusOf(invoice, now));
            writer.WriteNull("payout_fields");
            writer.WriteString("type", details.Type == InvoiceType.Payout ? "payout" : "payment");
            writer.WriteEndObject();
        }

        private static void WriteLines(Utf8JsonWriter writer, IReadOnlyList<InvoiceLine> lines)
        {
            writer.WriteStartArray("lines");
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.WriteNumber("amount", line.Amount.Amount);
                writer.WriteString("currency", line.Amount.Currency.Code);
                writer.WriteString("description", line.Description);
                writer.WriteNumber("quantity", line.Quantity);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        private protected override void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            var problem = operation.Decline is { } decline ? (decline.RawCode, decline.Message) : (operation.Error?.Code, operation.Error?.Message);
            writer.WriteStartObject();
            writer.WriteString("id", payment.Id.Value);
            writer.WriteNumber("amount", (operation.Moved ?? operation.Amount).Amount);
            writer.WriteNumber("original_amount", operation.Amount.Amount);
            writer.WriteString("currency_code", payment.Amount.Currency.Code);
            writer.WriteString("status", StatusOf(operation));
            writer.WriteBoolean("paid", operation.Status == OperationStatus.Succeeded);
            writer.WriteNumber("paid_at", Seconds(operation.Status == OperationStatus.Succeeded ? payment.SucceededAt ?? operation.AnsweredAt : null));
            writer.WriteString("customer_token", payment.Account.Value);
            writer.WriteString("payment_method", payment.PaymentMethod?.Value ?? "");
            writer.WriteString("merchant_reference_id", payment.Reference ?? "");
            writer.WriteString("description", payment.Description ?? "");
            writer.WriteString("invoice", operation.Allocation.Parts[0].Invoice.Value);
            writer.WriteString("redirect_url", operation.Action?.Destination?.AbsoluteUri ?? "");
            writer.WriteNumber("expiration", Seconds(operation.ActionDeadline));
            writer.WriteBoolean("refunded", payment.Refunded.IsPositive);
            writer.WriteNumber("refunded_amount", payment.Refunded.Amount);
            writer.WriteString("error_code", problem.Item1 ?? "");
            writer.WriteString("error_message", problem.Item2 ?? "");
            writer.WritePairs("metadata", payment.Metadata);
            writer.WriteNumber("created_at", Seconds(payment.CreatedAt));
            writer.WriteEndObject();
        }

        private protected override void WriteAnswer(Utf8JsonWriter writer, PaymentResult result)
        {
            var code = result switch
            {
                PaymentResult.Rejected rejected => CodeOf(rejected.Why),
                PaymentResult.Declined or PaymentResult.Failed => result.ErrorCode ?? "",
                _ => "",
            };
            writer.WriteStartObject();
            writer.WriteStartObject("status");
            writer.WriteString("error_code", code);
            writer.WriteString("status", code.Length == 0 ? "SUCCESS" : "ERROR");
            writer.WriteString("message", code.Length == 0 ? "" : result.ErrorMessage ?? "");
            writer.WriteString("response_code", code);
            writer.WriteString("operation_id", result.Operation?.Id.Value ?? "");
            writer.WriteEndObject();
            if (result.Invoice is { } invoice)
            {
                writer.WritePropertyName("data");
                Write(writer, invoice, null, result);
            }

            writer.WriteEndObject();
        }

        // The codes that Rapyd documents for this call; ours, in its manner, for what it has no code for.
        private static string CodeOf(Rejection why) =>
            why == Rejection.InvoiceNotFound ? "ERROR_PAY_INVOICE"
            : why == Rejection.InvoiceIsPayout ? "ERROR_PAY_INVOICE_PAYMENT"
            : why == Rejection.PaymentInProgress ? "ERROR_PAY_INVOICE_PAYMENT_PENDING"
            : "ERROR_" + why.Code.ToUpperInvariant();

        private static long Seconds(DateTimeOffset? at) => at?.ToUnixTimeSeconds() ?? 0;

        private protected override ForeignCommand ReadRequest(ForeignRequest request)
        {
            var fields = RequestFields.OfJson(request.Body);
            var command = new PayInvoice
            {
                Tenant = request.Tenant ?? TenantId.Default, InvoiceId = RequestPath.Of(request).Invoice("invoices", "pay"), Key = request.Key ?? "",
                Account = request.Account, PaymentMethod = fields.Text("payment_method") is { Length: > 0 } method ? new(method) : null,
            };
            fields.NothingElse(Name);
            return new ForeignCommand.Pay(command);
        }
    }
}
