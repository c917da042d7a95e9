using System.ComponentModel;
using System.Globalization;

namespace InvoicePayments;

/// <summary>Lets configuration and model binding read money from its text form, <c>EUR 12.50</c>. The culture plays no part.</summary>
public sealed class MoneyTypeConverter : TypeConverter
{
    /// <summary>True for text; money is made from nothing else.</summary>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <summary>True for text; money turns into nothing else.</summary>
    public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => destinationType == typeof(string);

    /// <summary>Reads <c>EUR 12.50</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    /// <exception cref="NotSupportedException">The value is no text.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? Money.Parse(text) : throw GetConvertFromException(value);

    /// <summary>Writes <c>EUR 12.50</c>.</summary>
    /// <exception cref="NotSupportedException">Another type than text was asked for.</exception>
    public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) =>
        value is Money money && destinationType == typeof(string) ? money.ToString() : throw GetConvertToException(value, destinationType);
}
