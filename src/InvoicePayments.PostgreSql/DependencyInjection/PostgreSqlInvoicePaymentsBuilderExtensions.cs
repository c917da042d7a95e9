using InvoicePayments;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps invoices and payments in PostgreSQL.</summary>
public static class PostgreSqlInvoicePaymentsBuilderExtensions
{
    /// <summary>Keeps invoices and payments in PostgreSQL, over a pool of the store's own. The schema is made on first use, and brought up to date after an update of the package.</summary>
    /// <param name="builder">What <c>AddInvoicePayments</c> answered.</param>
    /// <param name="connectionString">For example <c>Host=db;Database=shop;Username=payments</c>.</param>
    /// <param name="configure">Changes the options; every default is the safe one.</param>
    /// <exception cref="ArgumentException">It is no connection string or names no server, or an option is out of range.</exception>
    public static InvoicePaymentsBuilder UsePostgreSql(
        this InvoicePaymentsBuilder builder, string connectionString, Action<PostgreSqlPaymentStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = OptionsOf(configure);

        // Said at registration, where the mistake is, and not at the first payment.
        _ = ConnectionSettings.Complete(connectionString);
        return builder.UseStore(_ => new PostgreSqlPaymentStore(connectionString, options));
    }

    /// <summary>The same, over the host's own data source, which stays the host's.</summary>
    /// <param name="builder">What <c>AddInvoicePayments</c> answered.</param>
    /// <param name="dataSource">Where connections come from.</param>
    /// <param name="configure">Changes the options; every default is the safe one.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static InvoicePaymentsBuilder UsePostgreSql(
        this InvoicePaymentsBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlPaymentStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        var options = OptionsOf(configure);
        return builder.UseStore(_ => new PostgreSqlPaymentStore(dataSource, options));
    }

    /// <summary>The same, over the <see cref="NpgsqlDataSource"/> that the host has registered.</summary>
    /// <param name="builder">What <c>AddInvoicePayments</c> answered.</param>
    /// <param name="configure">Changes the options; every default is the safe one.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static InvoicePaymentsBuilder UsePostgreSql(this InvoicePaymentsBuilder builder, Action<PostgreSqlPaymentStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = OptionsOf(configure);
        return builder.UseStore(services => new PostgreSqlPaymentStore(
            services.GetService<NpgsqlDataSource>()
                ?? throw new InvalidOperationException("No NpgsqlDataSource is registered. Register one, or give UsePostgreSql a connection string."),
            options));
    }

    private static PostgreSqlPaymentStoreOptions OptionsOf(Action<PostgreSqlPaymentStoreOptions>? configure)
    {
        var options = new PostgreSqlPaymentStoreOptions();
        configure?.Invoke(options);
        return options.Checked();
    }
}
