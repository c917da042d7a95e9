using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>The JSON of what customers are told, for publishers that send it on: <c>NotificationJson.Default.InvoiceNotification</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InvoiceNotification))]
public sealed partial class NotificationJson : JsonSerializerContext;
