using System.Text.Json;

namespace InvoicePayments;

public abstract partial class Vocabulary
{
    private sealed class PelcroWords : Vocabulary
    {
        private const string Iso = "yyyy-MM-dd'T'HH:mm:ss'Z'";

        public override string Name => "Pelcro";

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
            OperationStatus.ActionRequired => "requires_action",
            OperationStatus.Authorized => "requires_capture",
            OperationStatus.Succeeded => "succeeded",
            OperationStatus.Declined or OperationStatus.Failed => "requires_payment_method",
            OperationStatus.Canceled or OperationStatus.Expired => "canceled",
            _ => "processing",
        };

        private protected override void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now)
        {
            writer.WriteStartObject();
            writer.WriteNumericId("id", invoice.Id.Value);
            writer.WriteNumericId("customer_id", invoice.Account.Value);
            writer.WriteString("status", StatusOf(invoice, now));
            writer.WriteString("currency", invoice.Currency.Code);
            writer.WriteNumber("total", invoice.Total.MinorUnits);
            writer.WriteNumber("amount_paid", invoice.Settled.MinorUnits);
            writer.WriteNumber("amount_remaining", invoice.Due.MinorUnits);
            writer.WriteNumericId("source_id", invoice.Details.DefaultPaymentMethod?.Value);
            writer.WriteNumber("attempt_count", invoice.AttemptCount);
            writer.WriteTime("due_date", invoice.DueAt, Iso);
            writer.WriteTime("created_at", invoice.CreatedAt, Iso);
            writer.WriteEndObject();
        }

        private protected override void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            writer.WriteStartObject();
            writer.WriteString("id", payment.Id.Value);
            writer.WriteString("status", StatusOf(operation));
            writer.WriteNumber("amount", (operation.Moved ?? operation.Amount).MinorUnits);
            writer.WriteString("currency", payment.Amount.Currency.Code);
            writer.WriteText("payment_gateway", payment.Gateway?.Value);
            if (operation.Action is PendingAction.ClientSecret challenge) writer.WriteString("client_secret", challenge.Secret.Reveal());
            if (operation.Action?.Destination is { } page) writer.WriteString("redirect_url", page.AbsoluteUri);
            writer.WriteEndObject();
        }

        private protected override void WriteAnswer(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WriteStartObject();
            if (result is PaymentResult.Rejected or PaymentResult.Declined or PaymentResult.Failed) WriteErrors(writer, result);
            else WriteCustomer(writer, result);
            writer.WriteEndObject();
        }

        private void WriteCustomer(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WritePropertyName("data");
            if ((result as PaymentResult.Succeeded)?.Customer is { } customer) WriteBody(writer, customer.Body);
            else
            {
                writer.WriteStartObject();
                writer.WriteNumericId("id", result.Payment!.Account.Value);
                writer.WriteEndObject();
            }

            if (result is PaymentResult.Succeeded) return;
            writer.WritePropertyName("payment_intent");
            WritePayment(writer, result.Payment!, result.Operation!);
        }

        private static void WriteErrors(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WriteStartObject("errors");
            writer.WriteStartArray(result.ErrorCode ?? "payment");
            writer.WriteStringValue(result.ErrorMessage);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        // The host's resource is JSON as a rule; anything else goes out as a text.
        private static void WriteBody(Utf8JsonWriter writer, string body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                document.RootElement.WriteTo(writer);
            }
            catch (JsonException)
            {
                writer.WriteStringValue(body);
            }
        }

        private protected override ForeignCommand ReadRequest(ForeignRequest request)
        {
            var path = RequestPath.Of(request);
            var fields = RequestFields.OfJson(request.Body);
            var site = RequestFields.OfForm(path.Query).Text("site_id");
            var command = new PayInvoice
            {
                Tenant = request.Tenant ?? (site is null ? TenantId.Default : new(site)),
                InvoiceId = path.Invoice("invoices", "pay"), Key = request.Key ?? "", Account = request.Account,
                PaymentMethod = fields.Text("source_id") is { } source ? new(source) : null,
                Gateway = fields.Text("payment_gateway") is { } gateway ? new(gateway) : null,
                Token = fields.Text("gateway_token") is { } token ? new(token) : null,
            };
            fields.NothingElse(Name);
            return new ForeignCommand.Pay(command);
        }
    }
}
