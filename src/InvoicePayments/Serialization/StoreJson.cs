using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// The JSON in which stores keep what has no column of its own. It reveals tokens, because a command must be sent again exactly as it
/// was: for stores only, never for logs or answers.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(RevealingPaymentTokenConverter)])]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(PaymentOperation))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(GatewayCommand))]
[JsonSerializable(typeof(GatewayOutcome))]
[JsonSerializable(typeof(InvoiceEvent))]
[JsonSerializable(typeof(GatewayNotice))]
[JsonSerializable(typeof(GatewayNotice.DisputeOpened), TypeInfoPropertyName = "NoticeDisputeOpened")]
[JsonSerializable(typeof(GatewayNotice.DisputeWon), TypeInfoPropertyName = "NoticeDisputeWon")]
[JsonSerializable(typeof(GatewayNotice.DisputeLost), TypeInfoPropertyName = "NoticeDisputeLost")]
[JsonSerializable(typeof(GatewayNotice.DebitReturned), TypeInfoPropertyName = "NoticeDebitReturned")]
[JsonSerializable(typeof(GatewayNotice.RefundedElsewhere), TypeInfoPropertyName = "NoticeRefundedElsewhere")]
[JsonSerializable(typeof(GatewayNotice.RefundFailed), TypeInfoPropertyName = "NoticeRefundFailed")]
[JsonSerializable(typeof(GatewayOutcome.ActionRequired), TypeInfoPropertyName = "OutcomeActionRequired")]
[JsonSerializable(typeof(GatewayOutcome.Succeeded), TypeInfoPropertyName = "OutcomeSucceeded")]
[JsonSerializable(typeof(GatewayOutcome.Authorized), TypeInfoPropertyName = "OutcomeAuthorized")]
[JsonSerializable(typeof(StoredPaymentMethod))]
[JsonSerializable(typeof(ParkedOutcome))]
[JsonSerializable(typeof(AccountCredit))]
[JsonSerializable(typeof(CreditEvent))]
public sealed partial class StoreJson : JsonSerializerContext;
