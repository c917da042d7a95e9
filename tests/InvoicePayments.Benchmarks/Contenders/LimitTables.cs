using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>The leanest tables that can hold a payment, its key, and an outbox row; the limit and the service by hand both use them.</summary>
internal static class LimitTables
{
    internal static string Sql(string schema) => $"""
        DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema};
        CREATE TABLE {schema}.invoice (id bigint PRIMARY KEY, account_id bigint NOT NULL, currency char(3) NOT NULL, total bigint NOT NULL,
            paid bigint NOT NULL DEFAULT 0, reserved bigint NOT NULL DEFAULT 0, refunded bigint NOT NULL DEFAULT 0, status smallint NOT NULL DEFAULT 1,
            version int NOT NULL DEFAULT 0,
            CHECK (paid >= 0 AND reserved >= 0 AND refunded >= 0 AND paid + reserved <= total AND refunded <= paid)) WITH (fillfactor = 85);
        CREATE TABLE {schema}.idem (account_id bigint NOT NULL, key uuid NOT NULL, fingerprint bytea NOT NULL, state smallint NOT NULL,
            payment_id uuid, response text, created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (account_id, key)) WITH (fillfactor = 90);
        CREATE TABLE {schema}.payment (id uuid PRIMARY KEY, invoice_id bigint NOT NULL, amount bigint NOT NULL, state smallint NOT NULL, gateway_ref text,
            created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz) WITH (fillfactor = 90);
        CREATE INDEX ON {schema}.payment (invoice_id);
        CREATE INDEX ON {schema}.payment (created_at) WHERE state = 0;
        CREATE TABLE {schema}.outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic smallint NOT NULL, payload text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now());
        """;

    internal static async Task MakeAsync(NpgsqlDataSource source, string schema, int invoices)
    {
        await RunAsync(source, Sql(schema));
        await RunAsync(source, string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {schema}.invoice (id, account_id, currency, total) SELECT g, g / 10, 'EUR', 1000000000 FROM generate_series(0, {invoices - 1}) g
            """));
        await RunAsync(source, $"ANALYZE {schema}.invoice");
    }

    internal static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What everybody has to do with a key: make something of it that is short and always the same.</summary>
    internal static (Guid Key, Guid Payment, byte[] Fingerprint) Derive(int invoice, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}|{invoice}|1")), hash);
        return (new(hash[..16]), new(hash[16..]), hash[..16].ToArray());
    }
}
