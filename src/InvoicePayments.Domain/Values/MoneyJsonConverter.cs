using System.Text.Json;
using System.Text.Json.Serialization;

namespace InvoicePayments;

/// <summary>
/// Money in JSON: <c>{"amount":1250,"currency":"EUR"}</c>, the amount as a whole number of minor units. Reading is strict, because an
/// amount that is misunderstood is worse than one that is refused: both properties once, no others, no fractions, no numbers in quotes.
/// </summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    /// <summary>Reads the object form.</summary>
    /// <exception cref="JsonException">The JSON has another form; the message says what is wrong.</exception>
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Refuse("Money is an object");
        long? amount = null;
        Currency? currency = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (amount is null && reader.ValueTextEquals("amount"u8)) amount = ReadAmount(ref reader);
            else if (currency is null && reader.ValueTextEquals("currency"u8)) currency = ReadCurrency(ref reader);
            else throw Refuse("Money has 'amount' and 'currency', each once, and no other property");
        }

        if (amount is null) throw Refuse("'amount' is missing");
        if (currency is null) throw Refuse("'currency' is missing");
        return Money.FromMinorUnits(amount.Value, currency.Value);
    }

    /// <summary>Writes the object form.</summary>
    /// <exception cref="InvalidOperationException">The value is <c>default(Money)</c>.</exception>
    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var (units, code) = (value.MinorUnits, value.Currency.Code);
        writer.WriteStartObject();
        writer.WriteNumber("amount"u8, units);
        writer.WriteString("currency"u8, code);
        writer.WriteEndObject();
    }

    private static long ReadAmount(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var units)
            ? units
            : throw Refuse("'amount' is a whole number of minor units that fits in 64 bits");

    private static Currency ReadCurrency(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String) throw Refuse("'currency' is a text");
        try
        {
            return Currency.FromCode(reader.GetString()!);
        }
        catch (InvalidCurrencyException unknown)
        {
            throw new JsonException(unknown.Message, unknown);
        }
    }

    private static JsonException Refuse(string rule) => new($"{rule}. Expected is for example {{\"amount\":1250,\"currency\":\"EUR\"}}.");
}
