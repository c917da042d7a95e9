using System.Globalization;
using System.Text.Json;

namespace InvoicePayments;

public abstract partial class Vocabulary
{
    private sealed class BillingrailsWords : Vocabulary
    {
        private const string IsoMilliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

        public override string Name => "Billingrails";

        public override string StatusOf(Invoice invoice, DateTimeOffset? now = null) => invoice.Status switch
        {
            InvoiceStatus.Draft => "draft",
            InvoiceStatus.Void => "voided",
            _ when invoice.Flags.HasFlag(InvoiceFlags.Refunded) => "refunded",
            _ when invoice.Flags.HasFlag(InvoiceFlags.PartiallyRefunded) => "partially_refunded",
            InvoiceStatus.Paid => "paid",
            InvoiceStatus.Uncollectible => "failed",
            _ when now is { } at && invoice.FlagsAt(at).HasFlag(InvoiceFlags.PastDue) => "overdue",
            InvoiceStatus.PartiallyPaid => "partially_paid",
            _ => "issued",
        };

        public override string StatusOf(PaymentOperation operation) => operation.Status switch
        {
            OperationStatus.Succeeded => "succeeded",
            OperationStatus.Declined or OperationStatus.Failed => "failed",
            OperationStatus.Canceled or OperationStatus.Expired => "canceled",
            _ => "pending",
        };

        private protected override void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "invoice");
            writer.WriteString("id", invoice.Id.Value);
            writer.WriteString("account_id", invoice.Account.Value);
            writer.WriteText("number", invoice.Details.Number);
            writer.WriteString("currency", invoice.Currency.Code);
            writer.WriteStartObject("amounts");
            writer.WriteNumber("total", invoice.Total.MinorUnits);
            writer.WriteNumber("paid", invoice.Settled.MinorUnits);
            writer.WriteNumber("due", invoice.Status == InvoiceStatus.Uncollectible ? 0 : invoice.Due.MinorUnits);
            writer.WriteNumber("write_off", invoice.Status == InvoiceStatus.Uncollectible ? invoice.Due.MinorUnits : 0);
            writer.WriteEndObject();
            writer.WriteText("description", invoice.Details.Description);
            writer.WriteString("status", StatusOf(invoice, now));
            writer.WriteTime("due_at", invoice.DueAt, IsoMilliseconds);
            writer.WriteTime("created_at", invoice.CreatedAt, IsoMilliseconds);
            writer.WriteEndObject();
        }

        private protected override void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            writer.WriteStartObject();
            writer.WriteString("object", operation.Kind switch
            {
                OperationKind.Dispute => "dispute",
                OperationKind.Return => "return",
                _ => operation.GivesBack ? "refund" : "payment",
            });
            writer.WriteString("id", payment.Id.Value);
            writer.WriteString("account_id", payment.Account.Value);
            writer.WriteNumber("amount", (operation.Moved ?? operation.Amount).MinorUnits);
            writer.WriteString("currency", payment.Amount.Currency.Code);
            writer.WriteString("description", payment.Description ?? $"Payment for invoice {operation.Allocation.Parts[0].Invoice}");
            writer.WriteText("reference_id", payment.Reference);
            writer.WriteString("status", StatusOf(operation));
            writer.WriteTime("created_at", operation.CreatedAt, IsoMilliseconds);
            if (ReasonOf(operation) is { } reason) writer.WriteString("failure_reason", reason);
            writer.WriteEndObject();
        }

        private protected override void WriteAnswer(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WriteStartObject();
            if (result is PaymentResult.Rejected rejected)
            {
                writer.WriteStartObject("error");
                writer.WriteString("code", ErrorOf(rejected.Why));
                writer.WriteString("message", rejected.Detail);
                writer.WriteEndObject();
            }
            else
            {
                writer.WritePropertyName("payment");
                WritePayment(writer, result.Payment!, result.Operation!);
                writer.WriteText("payment_link", (result as PaymentResult.ActionRequired)?.Action.Destination?.AbsoluteUri);
            }

            writer.WriteEndObject();
        }

        private static string? ReasonOf(PaymentOperation operation) => operation switch
        {
            { Status: OperationStatus.Declined, Decline.Kind: DeclineKind.CardExpired or DeclineKind.CardInvalid or DeclineKind.LostOrStolen } => "invalid_payment_method",
            { Status: OperationStatus.Declined or OperationStatus.Failed } => "gateway_error",
            _ => null,
        };

        private static string ErrorOf(Rejection why) => why.Class switch
        {
            RejectionClass.NotFound => "not_found",
            RejectionClass.Unauthenticated => "unauthorized",
            _ => "validation_error",
        };

        private protected override ForeignCommand ReadRequest(ForeignRequest request)
        {
            if (RequestPath.Of(request).Segments is not [.., "payments"]) throw new FormatException("The path is not …/payments.");
            var fields = RequestFields.OfJson(request.Body);
            var command = new CreatePayment
            {
                Tenant = request.Tenant ?? TenantId.Default, Key = request.Key ?? "", Mode = ModeOf(fields.Text("mode")),
                Account = fields.Text("account_id") is { } account ? new(account) : null, Reference = fields.Text("reference_id"),
                InvoiceId = fields.Text("invoice_id") is { } invoice ? new(invoice) : null,
                PaymentRequestId = fields.Text("payment_request_id") is { } instalment ? new(instalment) : null,
                OrderId = fields.Text("order_id") is { } order ? new(order) : null,
                CreditGrantId = fields.Text("credit_grant_id") is { } grant ? new(grant) : null,
                Integration = fields.Text("integration_id") is { } integration ? new(integration) : null,
                PaymentMethod = fields.Text("payment_method_id") is { } method ? new(method) : null, SucceededAt = TimeOf(fields.Text("succeeded_at")),
            };
            fields.NothingElse(Name);
            if (request.Account is { } caller && command.Account is { } named && caller != named) throw new FormatException("account_id is not the account that calls.");
            return new ForeignCommand.Create(command);
        }

        private static PaymentMode ModeOf(string? mode) => mode switch
        {
            null or "offline" => PaymentMode.Offline,
            "online" => PaymentMode.Online,
            _ => throw new FormatException("mode is online or offline."),
        };

        private static DateTimeOffset? TimeOf(string? text) => text is null ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
            : throw new FormatException("succeeded_at is not a time.");
    }
}
