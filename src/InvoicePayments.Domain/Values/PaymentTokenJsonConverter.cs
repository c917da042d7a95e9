using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// What happens to a token in JSON unless somebody decides otherwise: it is written as <c>***</c>, so that a logged or published
/// object gives nothing away, and it is not read, so that <c>***</c> never becomes a token.
/// </summary>
public sealed class PaymentTokenJsonConverter : JsonConverter<PaymentToken>
{
    /// <summary>Always refuses.</summary>
    /// <exception cref="JsonException">Always.</exception>
    public override PaymentToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A payment token is hidden in JSON and cannot be read. A store uses RevealingPaymentTokenConverter.");

    /// <summary>Writes <c>"***"</c>.</summary>
    public override void Write(Utf8JsonWriter writer, PaymentToken value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
