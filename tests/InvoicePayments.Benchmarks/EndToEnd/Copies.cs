using System.Globalization;
using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>
/// Fills the tables of the library with copies of its first invoice, as they stand in the database: a million of them in a minute. The copies are paid
/// like any other; only the chain of their facts speaks of the invoice that was copied.
/// </summary>
internal static class Copies
{
    private static readonly string[] Tables = ["invoice", "fact", "outbox", "payment_method"];

    /// <summary>Copies <c>inv_0</c>, its account and that account's payment method, ten invoices an account.</summary>
    internal static async Task MakeAsync(NpgsqlDataSource source, string schema, int from, int to)
    {
        foreach (var table in Tables)
        {
            var isMethod = table == "payment_method";
            var (first, last) = isMethod ? ((from + 9) / 10, (to - 1) / 10) : (from, to - 1);
            var values = new List<string>();
            foreach (var (name, type) in await ColumnsAsync(source, schema, table)) values.Add(type == "text" && name != "tenant" ? Renamed($"x.{name}", isMethod) : $"x.{name}");
            await LimitTables.RunAsync(source, string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO {schema}.{table} SELECT {string.Join(", ", values)} FROM generate_series({first}, {last}) g CROSS JOIN (
                    SELECT * FROM {schema}.{table} y WHERE {(isMethod ? "y.account_id = 'acc_0'" : table == "outbox" ? "y.stream LIKE '%inv\\_0'" : "y.invoice_id = 'inv_0'")}) x
                """));
            await LimitTables.RunAsync(source, $"VACUUM ANALYZE {schema}.{table}");
        }
    }

    private static string Renamed(string column, bool isMethod) => isMethod
        ? $"replace(replace({column}, 'acc_0', 'acc_' || g), 'pm_0', 'pm_' || g)"
        : $"replace(replace(replace({column}, 'inv_0', 'inv_' || g), 'acc_0', 'acc_' || g / 10), 'pm_0', 'pm_' || g / 10)";

    internal static async Task<List<(string Name, string Type)>> ColumnsAsync(NpgsqlDataSource source, string schema, string table)
    {
        var columns = new List<(string, string)>();
        await using var command = source.CreateCommand("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position");
        command.Parameters.Add(new() { Value = schema });
        command.Parameters.Add(new() { Value = table });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns;
    }
}
