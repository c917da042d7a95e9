using System.Globalization;
using System.Text;

namespace InvoicePayments;

/// <summary>The fields of a request, in the manner of a form: <c>metadata[key]=value</c>. The same fields in the same order are the same bytes.</summary>
internal sealed class StripeForm
{
    private readonly StringBuilder _text = new();

    internal StripeForm Add(string name, string? value)
    {
        if (value is null) return this;
        if (_text.Length > 0) _text.Append('&');
        _text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    internal StripeForm Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    internal StripeForm Add(string name, bool value) => Add(name, value ? "true" : "false");

    internal StripeForm Add(string name, DateTimeOffset value) => Add(name, value.ToUnixTimeSeconds());

    internal StripeForm AddIf(bool wanted, string name, string? value) => wanted ? Add(name, value) : this;

    internal HttpContent ToContent() => new StringContent(_text.ToString(), Encoding.ASCII, "application/x-www-form-urlencoded");

    public override string ToString() => _text.ToString();
}
