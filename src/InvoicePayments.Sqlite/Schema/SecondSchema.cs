namespace InvoicePayments;

/// <summary>
/// Version 2. A commit writes whole pages to the log, so what counts is how many of them a payment touches: what is open on an invoice has a table of
/// its own instead of two more indexes over all operations there ever were, and facts are added at the end of a table with an index beside it,
/// instead of into a tree that has to be split for every few of them.
/// </summary>
internal static class SecondSchema
{
    internal const string Sql = """
        -- What is open on an invoice, and nothing else: a load reads no history.
        CREATE TABLE open_operation (
            tenant       TEXT    NOT NULL,
            invoice_id   TEXT    NOT NULL,
            position     INTEGER NOT NULL CHECK (position >= 1),
            operation_id TEXT    NOT NULL,
            PRIMARY KEY (tenant, invoice_id, position)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO open_operation (tenant, invoice_id, position, operation_id)
        SELECT tenant, invoice_id, position, operation_id FROM operation_invoice WHERE is_open = 1;

        -- One row per part of an operation's allocation, numbered per invoice in the order of arrival.
        CREATE TABLE operation_invoice_next (
            tenant       TEXT    NOT NULL,
            invoice_id   TEXT    NOT NULL,
            position     INTEGER NOT NULL CHECK (position >= 1),
            operation_id TEXT    NOT NULL,
            PRIMARY KEY (tenant, invoice_id, position)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO operation_invoice_next (tenant, invoice_id, position, operation_id)
        SELECT tenant, invoice_id, position, operation_id FROM operation_invoice;

        DROP TABLE operation_invoice;

        ALTER TABLE operation_invoice_next RENAME TO operation_invoice;

        CREATE TABLE fact_next (
            tenant     TEXT    NOT NULL,
            invoice_id TEXT    NOT NULL,
            sequence   INTEGER NOT NULL CHECK (sequence >= 1),
            at         INTEGER NOT NULL,
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, invoice_id, sequence)
        ) STRICT;

        INSERT INTO fact_next (tenant, invoice_id, sequence, at, body)
        SELECT tenant, invoice_id, sequence, at, body FROM fact ORDER BY tenant, invoice_id, sequence;

        -- Its triggers go with it, and come again for the new one.
        DROP TABLE fact;

        ALTER TABLE fact_next RENAME TO fact;

        CREATE TRIGGER fact_is_never_updated BEFORE UPDATE ON fact
        BEGIN SELECT raise(ABORT, 'Facts are never changed: record a new one.'); END;

        CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
        BEGIN SELECT raise(ABORT, 'Facts are never deleted.'); END;

        -- REPLACE deletes without asking the trigger above.
        CREATE TRIGGER fact_is_never_replaced BEFORE INSERT ON fact
        WHEN EXISTS (SELECT 1 FROM fact f WHERE f.tenant = NEW.tenant AND f.invoice_id = NEW.invoice_id AND f.sequence = NEW.sequence)
        BEGIN SELECT raise(ABORT, 'Facts are never changed: this number is taken.'); END;
        """;
}
