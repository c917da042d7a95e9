using System.Security.Cryptography;
using System.Text;

namespace InvoicePayments;

/// <summary>
/// What tells one text of a schema step from another. A store writes it beside the number of each step that it applies, and refuses a
/// database whose step of the same number was another one: a number alone says nothing while a step is still being written.
/// </summary>
public static class SchemaFingerprint
{
    /// <summary>The fingerprint of a step's text; the same on every machine, whatever ends its lines.</summary>
    public static Fingerprint Of(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n")))));
    }

    /// <summary>The refusal of a database whose step is not the one that this build knows; it says what to do.</summary>
    /// <param name="location">Which database: a file, or a schema of a server.</param>
    /// <param name="version">The number of the step.</param>
    public static PaymentStoreException Differs(string location, long version) => new(
        PaymentStoreFailure.SchemaDiffers,
        $"{location} was made by another build of InvoicePayments: its schema version {version} is not the one that this build knows. "
        + "Nothing was changed. Open it with the build that made it, or move it away and let a new one be made on first use.");
}
