using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StripeDouble;

/// <summary>Signs webhooks as Stripe does.</summary>
public static class Signing
{
    /// <summary>The header over a body at a time, with a signature per secret.</summary>
    public static string HeaderOf(byte[] body, string secret, DateTimeOffset at, params ReadOnlySpan<string> more)
    {
        var t = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var header = new StringBuilder($"t={t},v1={Sign(body, secret, t)}");
        foreach (var other in more) header.Append(",v1=").Append(Sign(body, other, t));
        return header.ToString();
    }

    private static string Sign(byte[] body, string secret, string t) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Message(t, body)));

    private static byte[] Message(string t, byte[] body) => [.. Encoding.ASCII.GetBytes(t + "."), .. body];
}
