namespace InvoicePayments;

/// <summary>
/// Version 1. Bodies hold the whole record as JSON and are what is read back; columns repeat what is searched, compared or checked.
/// Money is in minor units, times are UTC in ticks of 100 ns, versions grow by one.
/// </summary>
internal static class FirstSchema
{
    internal const string Sql = """
        CREATE TABLE invoice (
            tenant         TEXT    NOT NULL,
            invoice_id     TEXT    NOT NULL,
            account_id     TEXT    NOT NULL,
            currency       TEXT    NOT NULL CHECK (length(currency) = 3),
            total          INTEGER NOT NULL CHECK (total >= 0),
            document       TEXT    NOT NULL,
            received       INTEGER NOT NULL CHECK (received >= 0),
            reserved       INTEGER NOT NULL CHECK (reserved >= 0),
            refunded       INTEGER NOT NULL CHECK (refunded >= 0),
            reopened       INTEGER NOT NULL CHECK (reopened >= 0),
            unreserved     INTEGER NOT NULL CHECK (unreserved >= 0),
            taken          INTEGER NOT NULL CHECK (taken >= 0),
            due_at         INTEGER,
            default_method TEXT,
            -- From when on a collection run charges it, and which attempt that is; nothing where no run does.
            collect_at     INTEGER,
            attempt        INTEGER NOT NULL CHECK (attempt >= 0),
            fact_count     INTEGER NOT NULL CHECK (fact_count >= 0),
            version        INTEGER NOT NULL CHECK (version >= 1),
            body           TEXT    NOT NULL,
            PRIMARY KEY (tenant, invoice_id),
            CHECK (reopened <= refunded + taken),
            CHECK (unreserved <= received),
            -- The one formula: nothing is ever asked for beyond the total. Only money that came unasked may exceed it.
            CHECK (received - reopened + reserved <= total + unreserved)
        ) STRICT;

        -- What is to be collected, and nothing else: a run reads no paid invoice.
        CREATE INDEX invoice_collect ON invoice (tenant, collect_at, invoice_id) WHERE collect_at IS NOT NULL;

        CREATE TABLE operation (
            tenant        TEXT    NOT NULL,
            operation_id  TEXT    NOT NULL,
            payment_id    TEXT    NOT NULL,
            status        TEXT    NOT NULL,
            is_open       INTEGER NOT NULL CHECK (is_open IN (0, 1)),
            next_check_at INTEGER,
            -- What the gateway calls it, for what it tells of a payment later.
            gateway       TEXT,
            gateway_id    TEXT,
            moved_at      INTEGER,
            version       INTEGER NOT NULL CHECK (version >= 1),
            body          TEXT    NOT NULL,
            -- What the gateway is asked, with the token; erased once the operation is final.
            command       TEXT,
            PRIMARY KEY (tenant, operation_id)
        ) STRICT;

        CREATE INDEX operation_due ON operation (next_check_at, tenant, operation_id) WHERE next_check_at IS NOT NULL;

        CREATE INDEX operation_gateway_id ON operation (tenant, gateway, gateway_id, operation_id, moved_at) WHERE gateway_id IS NOT NULL;

        -- One row per part of an operation's allocation, numbered per invoice in the order of arrival.
        CREATE TABLE operation_invoice (
            tenant       TEXT    NOT NULL,
            invoice_id   TEXT    NOT NULL,
            position     INTEGER NOT NULL CHECK (position >= 1),
            operation_id TEXT    NOT NULL,
            is_open      INTEGER NOT NULL CHECK (is_open IN (0, 1)),
            PRIMARY KEY (tenant, invoice_id, position),
            UNIQUE (tenant, operation_id, invoice_id)
        ) STRICT, WITHOUT ROWID;

        -- A load reads the open operations alone, however long the history is.
        CREATE INDEX operation_invoice_open ON operation_invoice (tenant, invoice_id, position) WHERE is_open = 1;

        CREATE TABLE payment (
            tenant     TEXT    NOT NULL,
            payment_id TEXT    NOT NULL,
            account_id TEXT    NOT NULL,
            currency   TEXT    NOT NULL CHECK (length(currency) = 3),
            amount     INTEGER NOT NULL CHECK (amount >= 0),
            status     TEXT    NOT NULL,
            version    INTEGER NOT NULL CHECK (version >= 1),
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, payment_id)
        ) STRICT;

        CREATE TABLE account_credit (
            tenant     TEXT    NOT NULL,
            account_id TEXT    NOT NULL,
            currency   TEXT    NOT NULL CHECK (length(currency) = 3),
            added      INTEGER NOT NULL CHECK (added >= 0),
            spent      INTEGER NOT NULL CHECK (spent >= 0),
            reserved   INTEGER NOT NULL CHECK (reserved >= 0),
            missing    INTEGER NOT NULL CHECK (missing >= 0),
            version    INTEGER NOT NULL CHECK (version >= 1),
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, account_id, currency),
            -- Credit is never negative: what is spent or spoken for is there.
            CHECK (spent + reserved <= added)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE credit_fact (
            tenant     TEXT    NOT NULL,
            account_id TEXT    NOT NULL,
            currency   TEXT    NOT NULL,
            sequence   INTEGER NOT NULL CHECK (sequence >= 1),
            at         INTEGER NOT NULL,
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, account_id, currency, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER credit_fact_is_never_updated BEFORE UPDATE ON credit_fact
        BEGIN SELECT raise(ABORT, 'Facts are never changed: record a new one.'); END;

        CREATE TRIGGER credit_fact_is_never_deleted BEFORE DELETE ON credit_fact
        BEGIN SELECT raise(ABORT, 'Facts are never deleted.'); END;

        -- REPLACE deletes without asking the trigger above.
        CREATE TRIGGER credit_fact_is_never_replaced BEFORE INSERT ON credit_fact
        WHEN EXISTS (
            SELECT 1 FROM credit_fact f
            WHERE f.tenant = NEW.tenant AND f.account_id = NEW.account_id AND f.currency = NEW.currency AND f.sequence = NEW.sequence)
        BEGIN SELECT raise(ABORT, 'Facts are never changed: this number is taken.'); END;

        CREATE TABLE payment_method (
            tenant     TEXT    NOT NULL,
            method_id  TEXT    NOT NULL,
            account_id TEXT    NOT NULL,
            is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, method_id)
        ) STRICT;

        CREATE UNIQUE INDEX payment_method_default ON payment_method (tenant, account_id) WHERE is_default = 1;

        CREATE TABLE fact (
            tenant     TEXT    NOT NULL,
            invoice_id TEXT    NOT NULL,
            sequence   INTEGER NOT NULL CHECK (sequence >= 1),
            type       TEXT    GENERATED ALWAYS AS (json_extract(body, '$.type')) VIRTUAL,
            at         INTEGER NOT NULL,
            body       TEXT    NOT NULL,
            PRIMARY KEY (tenant, invoice_id, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER fact_is_never_updated BEFORE UPDATE ON fact
        BEGIN SELECT raise(ABORT, 'Facts are never changed: record a new one.'); END;

        CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
        BEGIN SELECT raise(ABORT, 'Facts are never deleted.'); END;

        -- REPLACE deletes without asking the trigger above.
        CREATE TRIGGER fact_is_never_replaced BEFORE INSERT ON fact
        WHEN EXISTS (SELECT 1 FROM fact f WHERE f.tenant = NEW.tenant AND f.invoice_id = NEW.invoice_id AND f.sequence = NEW.sequence)
        BEGIN SELECT raise(ABORT, 'Facts are never changed: this number is taken.'); END;

        -- One row per stream, an invoice or an account's credit: how far its facts were delivered. The facts themselves are the outbox.
        CREATE TABLE outbox (
            tenant     TEXT    NOT NULL,
            stream     TEXT    NOT NULL,
            delivered  INTEGER NOT NULL CHECK (delivered >= 0),
            last       INTEGER NOT NULL CHECK (last >= delivered),
            due_at     INTEGER,
            -- Since when there is nothing to deliver; such a row may go after a while.
            idle_since INTEGER,
            failures   INTEGER NOT NULL CHECK (failures >= 0),
            is_dead    INTEGER NOT NULL CHECK (is_dead IN (0, 1)),
            error      TEXT,
            fence      INTEGER NOT NULL,
            PRIMARY KEY (tenant, stream),
            CHECK (is_dead = 0 OR due_at IS NULL),
            CHECK (idle_since IS NULL OR (due_at IS NULL AND is_dead = 0 AND last = delivered))
        ) STRICT;

        CREATE INDEX outbox_due ON outbox (due_at, tenant, stream) WHERE due_at IS NOT NULL;

        CREATE INDEX outbox_dead ON outbox (tenant, stream) WHERE is_dead = 1;

        CREATE INDEX outbox_idle ON outbox (idle_since) WHERE idle_since IS NOT NULL;

        CREATE TABLE parked_outcome (
            tenant       TEXT    NOT NULL,
            operation_id TEXT    NOT NULL,
            evidence     TEXT    NOT NULL,
            received_at  INTEGER NOT NULL,
            -- From when on somebody looks whether it is known by now what it is about.
            look_at      INTEGER NOT NULL,
            body         TEXT    NOT NULL,
            PRIMARY KEY (tenant, operation_id, evidence)
        ) STRICT;

        CREATE INDEX parked_outcome_due ON parked_outcome (look_at);

        CREATE INDEX parked_outcome_age ON parked_outcome (tenant, received_at);
        """;
}
