using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Reads and writes the real token. For stores only, which have to keep it: add it to the options with which a store writes its own rows,
/// and to no others. In the options it takes precedence over the hiding converter of the type.
/// </summary>
public sealed class RevealingPaymentTokenConverter : JsonConverter<PaymentToken>
{
    /// <summary>Reads the token.</summary>
    /// <exception cref="JsonException">There is no string, or it is not allowed as a token; the message never repeats it.</exception>
    public override PaymentToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PaymentToken.TryCreate(reader.GetString(), out var token)
            ? token
            : throw new JsonException("A payment token is a text of 1 to 512 characters that is no card number.");

    /// <summary>Writes the token.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default(PaymentToken)</c>.</exception>
    public override void Write(Utf8JsonWriter writer, PaymentToken value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Reveal());
    }
}
