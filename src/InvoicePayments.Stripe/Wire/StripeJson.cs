using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>How Stripe's JSON is read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    Converters = [typeof(StripeChargeConverter)])]
[JsonSerializable(typeof(StripeErrorEnvelope))]
[JsonSerializable(typeof(StripeIntent))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripeDispute))]
[JsonSerializable(typeof(StripeSession))]
[JsonSerializable(typeof(StripeTransfer))]
[JsonSerializable(typeof(StripeMethod))]
[JsonSerializable(typeof(StripeEvent))]
[JsonSerializable(typeof(StripeList<StripeIntent>))]
[JsonSerializable(typeof(StripeList<StripeRefund>))]
[JsonSerializable(typeof(StripeList<StripeSession>))]
[JsonSerializable(typeof(StripeList<StripeTransfer>))]
internal sealed partial class StripeJson : JsonSerializerContext;

/// <summary>The same, for the inside of a charge, which <see cref="StripeChargeConverter"/> reads itself.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StripeCharge))]
internal sealed partial class StripeChargeJson : JsonSerializerContext;

/// <summary>Stripe gives a charge by its id alone, or whole where that was asked for.</summary>
internal sealed class StripeChargeConverter : JsonConverter<StripeCharge>
{
    public override StripeCharge? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        _ => JsonSerializer.Deserialize(ref reader, StripeChargeJson.Default.StripeCharge),
    };

    public override void Write(Utf8JsonWriter writer, StripeCharge value, JsonSerializerOptions options) => throw new NotSupportedException();
}
