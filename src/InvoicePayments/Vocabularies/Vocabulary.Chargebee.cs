using System.Text.Json;

namespace InvoicePayments;

public abstract partial class Vocabulary
{
    private sealed class ChargebeeWords : Vocabulary
    {
        public override string Name => "Chargebee";

        public override string StatusOf(Invoice invoice, DateTimeOffset? now = null) => invoice.Status switch
        {
            InvoiceStatus.Draft => "pending",
            InvoiceStatus.Paid => "paid",
            InvoiceStatus.Uncollectible => "not_paid",
            InvoiceStatus.Void => "voided",
            _ when invoice.Dunning.State == DunningState.Exhausted => "not_paid",
            _ => "payment_due",
        };

        public override string StatusOf(PaymentOperation operation) => operation.Status switch
        {
            OperationStatus.Succeeded or OperationStatus.Authorized => "success",
            OperationStatus.Declined or OperationStatus.Failed => "failure",
            OperationStatus.Canceled or OperationStatus.Expired => "voided",
            OperationStatus.NeedsAttention => "needs_attention",
            _ => "in_progress",
        };

        private protected override void WriteInvoice(Utf8JsonWriter writer, Invoice invoice, DateTimeOffset? now)
        {
            writer.WriteStartObject();
            writer.WriteString("id", invoice.Id.Value);
            writer.WriteString("customer_id", invoice.Account.Value);
            writer.WriteString("status", StatusOf(invoice, now));
            writer.WriteString("currency_code", invoice.Currency.Code);
            writer.WriteNumber("total", invoice.Total.MinorUnits);
            writer.WriteNumber("amount_paid", invoice.Settled.MinorUnits);
            writer.WriteNumber("amount_due", invoice.Due.MinorUnits);
            writer.WriteEpoch("date", invoice.CreatedAt);
            writer.WriteEpoch("due_date", invoice.DueAt);
            writer.WriteEpoch("paid_at", invoice.PaidAt);
            writer.WriteString("channel", ChannelOf(invoice.Details.CollectedBy));
            if (DunningOf(invoice.Dunning.State) is { } dunning) writer.WriteString("dunning_status", dunning);
            writer.WriteString("object", "invoice");
            writer.WriteEndObject();
        }

        private protected override void WritePayment(Utf8JsonWriter writer, Payment payment, PaymentOperation operation)
        {
            writer.WriteStartObject();
            writer.WriteString("id", operation.Id.Value);
            writer.WriteString("customer_id", payment.Account.Value);
            writer.WriteText("payment_source_id", payment.PaymentMethod?.Value);
            writer.WriteText("gateway", payment.Gateway?.Value);
            writer.WriteString("type", TypeOf(operation));
            writer.WriteEpoch("date", operation.AnsweredAt ?? operation.CreatedAt);
            writer.WriteNumber("amount", (operation.Moved ?? operation.Amount).MinorUnits);
            writer.WriteString("currency_code", payment.Amount.Currency.Code);
            writer.WriteText("id_at_gateway", operation.GatewayPaymentId?.Value);
            writer.WriteText("reference_number", payment.Reference);
            writer.WriteString("status", StatusOf(operation));
            writer.WriteString("initiator_type", operation.Initiator == PaymentInitiator.Merchant ? "merchant" : "customer");
            writer.WriteText("error_code", operation.Decline?.RawCode ?? operation.Error?.Code);
            writer.WriteText("error_text", operation.Decline?.Message ?? operation.Error?.Message);
            writer.WriteStartArray("linked_invoices");
            foreach (var part in operation.Allocation.Parts)
            {
                writer.WriteStartObject();
                writer.WriteString("invoice_id", part.Invoice.Value);
                writer.WriteNumber("applied_amount", part.Amount.MinorUnits);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("object", "transaction");
            writer.WriteEndObject();
        }

        private static string TypeOf(PaymentOperation operation) => operation switch
        {
            { GivesBack: true } => "refund",
            { Kind: OperationKind.Dispute or OperationKind.Return } => "payment_reversal",
            { Kind: OperationKind.Authorize or OperationKind.Void } or { Status: OperationStatus.Authorized } => "authorization",
            _ => "payment",
        };

        private protected override void WriteAnswer(Utf8JsonWriter writer, PaymentResult result)
        {
            writer.WriteStartObject();
            if (result is PaymentResult.Rejected or PaymentResult.Declined or PaymentResult.Failed) WriteError(writer, result);
            else
            {
                writer.WritePropertyName("invoice");
                WriteInvoice(writer, result.Invoice!, null);
                writer.WritePropertyName("transaction");
                WritePayment(writer, result.Payment!, result.Operation!);
            }

            writer.WriteEndObject();
        }

        private static void WriteError(Utf8JsonWriter writer, PaymentResult result)
        {
            var (type, code) = result is PaymentResult.Rejected rejected ? ErrorOf(rejected.Why) : ("payment", "payment_processing_failed");
            writer.WriteText("message", result.ErrorMessage);
            writer.WriteString("type", type);
            writer.WriteString("api_error_code", code);
            writer.WriteText("error_cause_id", result.ErrorCode);
        }

        private static (string Type, string Code) ErrorOf(Rejection why) =>
            why == Rejection.PaymentMethodMissing ? ("payment", "payment_method_not_present")
            : why.Class switch
            {
                RejectionClass.NotFound => ("invalid_request", "resource_not_found"),
                RejectionClass.Unauthenticated => ("invalid_request", "api_authentication_failed"),
                RejectionClass.Invalid => ("invalid_request", "param_wrong_value"),
                _ => ("invalid_request", "invalid_state_for_request"),
            };

        private static string? DunningOf(DunningState state) => state switch
        {
            DunningState.InProgress => "in_progress",
            DunningState.Exhausted => "exhausted",
            DunningState.Stopped => "stopped",
            _ => null,
        };

        private static string ChannelOf(InvoiceCollector collector) => collector switch
        {
            InvoiceCollector.AppStore => "app_store",
            InvoiceCollector.PlayStore => "play_store",
            _ => "web",
        };

        private protected override ForeignCommand ReadRequest(ForeignRequest request)
        {
            var fields = RequestFields.OfForm(request.Body);
            var invoice = RequestPath.Of(request).Invoice("invoices", "collect_payment");
            if (fields.Text("authorization_transaction_id") is { } authorization) return ReadCapture(request, fields, invoice, authorization);
            var command = new PayInvoice
            {
                Tenant = request.Tenant ?? TenantId.Default, InvoiceId = invoice, Key = request.Key ?? "", Account = request.Account,
                Amount = fields.MinorUnits("amount", request.Currency), Comment = fields.Text("comment"),
                PaymentMethod = fields.Text("payment_source_id") is { } source ? new(source) : null,
                Initiator = fields.Text("payment_initiator") switch
                {
                    null or "customer" => PaymentInitiator.Customer,
                    "merchant" => PaymentInitiator.Merchant,
                    _ => throw new FormatException("payment_initiator is customer or merchant."),
                },
            };
            fields.NothingElse(Name);
            return new ForeignCommand.Pay(command);
        }

        // What was blocked was blocked on a method and by somebody already, so neither is understood here.
        private ForeignCommand.Capture ReadCapture(ForeignRequest request, RequestFields fields, InvoiceId invoice, string authorization)
        {
            var command = new CapturePayment
            {
                Tenant = request.Tenant ?? TenantId.Default, InvoiceId = invoice, AuthorizationTransaction = authorization, Key = request.Key ?? "",
                Account = request.Account, Amount = fields.MinorUnits("amount", request.Currency), Comment = fields.Text("comment"),
            };
            fields.NothingElse(Name);
            return new(command);
        }
    }
}
