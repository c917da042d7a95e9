using InvoicePayments;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps invoices and payments in SQLite.</summary>
public static class SqliteInvoicePaymentsBuilderExtensions
{
    /// <summary>
    /// Keeps invoices and payments in a SQLite file. That is all there is to do: the file and its schema are made on first use, and
    /// brought up to date after an update of the package. Only the folder must exist.
    /// </summary>
    /// <param name="builder">What <c>AddInvoicePayments</c> answered.</param>
    /// <param name="connectionString">For example <c>Data Source=payments.db</c>.</param>
    /// <param name="configure">Changes the options; every default is the safe one.</param>
    /// <exception cref="ArgumentException">The connection string names no file or one in memory, or an option is out of range.</exception>
    public static InvoicePaymentsBuilder UseSqlite(
        this InvoicePaymentsBuilder builder, string connectionString, Action<SqlitePaymentStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new SqlitePaymentStoreOptions();
        configure?.Invoke(options);

        // Said at registration, where the mistake is, and not at the first payment.
        _ = new SqliteFile(connectionString, options);
        return builder.UseStore(_ => new SqlitePaymentStore(connectionString, options));
    }
}
