namespace InvoicePayments;

/// <summary>
/// Version 1. Bodies hold the whole record as JSON and are what is read back; columns repeat what is searched, compared or checked.
/// Money is in minor units; times are UTC in ticks of 100 ns since the year 1, because a timestamptz is only exact to ten of them; versions
/// grow by one. Every key leads with the tenant, texts are compared by their bytes, and nothing is numbered over all rows.
/// A commit_id says which commit wrote the row: that is how a commit whose answer was lost is found again.
/// </summary>
internal static class FirstSchema
{
    internal static string Sql(SchemaName schema) => $"""
        CREATE TABLE {schema}.invoice (
            tenant         text COLLATE "C" NOT NULL,
            invoice_id     text COLLATE "C" NOT NULL,
            account_id     text COLLATE "C" NOT NULL,
            currency       text COLLATE "C" NOT NULL CHECK (length(currency) = 3),
            total          bigint  NOT NULL CHECK (total >= 0),
            document       text    NOT NULL,
            received       bigint  NOT NULL CHECK (received >= 0),
            reserved       bigint  NOT NULL CHECK (reserved >= 0),
            refunded       bigint  NOT NULL CHECK (refunded >= 0),
            reopened       bigint  NOT NULL CHECK (reopened >= 0),
            unreserved     bigint  NOT NULL CHECK (unreserved >= 0),
            taken          bigint  NOT NULL CHECK (taken >= 0),
            due_at         bigint,
            default_method text COLLATE "C",
            -- What it is an instalment of, which a load brings along.
            instalment_of  text COLLATE "C",
            -- From when on a collection run charges it, and which attempt that is; nothing where no run does.
            collect_at     bigint,
            attempt        integer NOT NULL CHECK (attempt >= 0),
            fact_count     bigint  NOT NULL CHECK (fact_count >= 0),
            version        bigint  NOT NULL CHECK (version >= 1),
            commit_id      uuid    NOT NULL,
            body           text    NOT NULL,
            PRIMARY KEY (tenant, invoice_id),
            CONSTRAINT invoice_reopened CHECK (reopened <= refunded + taken),
            CONSTRAINT invoice_unreserved CHECK (unreserved <= received),
            -- The one formula: nothing is ever asked for beyond the total. Only money that came unasked may exceed it.
            CONSTRAINT invoice_payable CHECK (received - reopened + reserved <= total + unreserved)
        ) WITH (fillfactor = 85);

        -- What is to be collected, and nothing else: a run reads no paid invoice.
        CREATE INDEX invoice_collect ON {schema}.invoice (tenant, collect_at, invoice_id) WHERE collect_at IS NOT NULL;

        CREATE TABLE {schema}.operation (
            tenant           text COLLATE "C" NOT NULL,
            operation_id     text COLLATE "C" NOT NULL,
            payment_id       text COLLATE "C" NOT NULL,
            kind             text    NOT NULL,
            status           text    NOT NULL,
            is_open          boolean NOT NULL,
            authorization_id text COLLATE "C",
            -- What it pays: a load brings these invoices along.
            documents        text[]  NOT NULL,
            next_check_at    bigint,
            -- What the gateway calls it, for what it tells of a payment later.
            gateway          text COLLATE "C",
            gateway_id       text COLLATE "C",
            moved_at         bigint,
            created_at       bigint  NOT NULL,
            version          bigint  NOT NULL CHECK (version >= 1),
            commit_id        uuid    NOT NULL,
            body             text    NOT NULL,
            -- What the gateway is asked, with the token; erased once the operation is final.
            command          text,
            PRIMARY KEY (tenant, operation_id)
        ) WITH (fillfactor = 90);

        CREATE INDEX operation_due ON {schema}.operation (next_check_at, tenant, operation_id) WHERE next_check_at IS NOT NULL;

        CREATE INDEX operation_gateway_id ON {schema}.operation (tenant, gateway, gateway_id, operation_id, moved_at) WHERE gateway_id IS NOT NULL;

        -- One row per document of an operation, numbered per invoice in the order of arrival, with gaps. It is never changed.
        CREATE TABLE {schema}.operation_invoice (
            tenant       text COLLATE "C" NOT NULL,
            invoice_id   text COLLATE "C" NOT NULL,
            position     bigint NOT NULL CHECK (position >= 1),
            operation_id text COLLATE "C" NOT NULL,
            PRIMARY KEY (tenant, invoice_id, position)
        );

        -- The same of those that are not final: a load reads these alone, however long the history is.
        CREATE TABLE {schema}.open_operation (
            tenant       text COLLATE "C" NOT NULL,
            invoice_id   text COLLATE "C" NOT NULL,
            operation_id text COLLATE "C" NOT NULL,
            position     bigint NOT NULL,
            PRIMARY KEY (tenant, invoice_id, operation_id)
        );

        CREATE TABLE {schema}.payment (
            tenant     text COLLATE "C" NOT NULL,
            payment_id text COLLATE "C" NOT NULL,
            account_id text COLLATE "C" NOT NULL,
            currency   text COLLATE "C" NOT NULL CHECK (length(currency) = 3),
            amount     bigint NOT NULL CHECK (amount >= 0),
            status     text   NOT NULL,
            documents  text[] NOT NULL,
            version    bigint NOT NULL CHECK (version >= 1),
            commit_id  uuid   NOT NULL,
            body       text   NOT NULL,
            PRIMARY KEY (tenant, payment_id)
        ) WITH (fillfactor = 90);

        CREATE TABLE {schema}.account_credit (
            tenant     text COLLATE "C" NOT NULL,
            account_id text COLLATE "C" NOT NULL,
            currency   text COLLATE "C" NOT NULL CHECK (length(currency) = 3),
            added      bigint NOT NULL CHECK (added >= 0),
            spent      bigint NOT NULL CHECK (spent >= 0),
            reserved   bigint NOT NULL CHECK (reserved >= 0),
            missing    bigint NOT NULL CHECK (missing >= 0),
            version    bigint NOT NULL CHECK (version >= 1),
            commit_id  uuid   NOT NULL,
            body       text   NOT NULL,
            PRIMARY KEY (tenant, account_id, currency),
            -- Credit is never negative: what is spent or spoken for is there.
            CONSTRAINT account_credit_holds CHECK (spent + reserved <= added)
        ) WITH (fillfactor = 85);

        CREATE TABLE {schema}.credit_fact (
            tenant     text COLLATE "C" NOT NULL,
            account_id text COLLATE "C" NOT NULL,
            currency   text COLLATE "C" NOT NULL,
            sequence   bigint NOT NULL CHECK (sequence >= 1),
            at         bigint NOT NULL,
            commit_id  uuid   NOT NULL,
            body       text   NOT NULL,
            PRIMARY KEY (tenant, account_id, currency, sequence)
        );

        CREATE TABLE {schema}.fact (
            tenant     text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C" NOT NULL,
            sequence   bigint NOT NULL CHECK (sequence >= 1),
            at         bigint NOT NULL,
            commit_id  uuid   NOT NULL,
            body       text   NOT NULL,
            PRIMARY KEY (tenant, invoice_id, sequence)
        );

        CREATE TABLE {schema}.payment_method (
            tenant     text COLLATE "C" NOT NULL,
            method_id  text COLLATE "C" NOT NULL,
            account_id text COLLATE "C" NOT NULL,
            -- The mark is here alone; what the body says of it is not read.
            is_default boolean NOT NULL,
            body       text    NOT NULL,
            PRIMARY KEY (tenant, method_id)
        );

        CREATE UNIQUE INDEX payment_method_default ON {schema}.payment_method (tenant, account_id) WHERE is_default;

        -- One row per stream, an invoice or an account's credit: how far its facts were delivered. The facts themselves are the outbox.
        CREATE TABLE {schema}.outbox (
            tenant     text COLLATE "C" NOT NULL,
            stream     text COLLATE "C" NOT NULL,
            delivered  bigint  NOT NULL CHECK (delivered >= 0),
            last       bigint  NOT NULL CHECK (last >= delivered),
            due_at     bigint,
            -- Since when there is nothing to deliver; such a row may go after a while.
            idle_since bigint,
            failures   integer NOT NULL CHECK (failures >= 0),
            is_dead    boolean NOT NULL,
            error      text,
            fence      bigint  NOT NULL,
            PRIMARY KEY (tenant, stream),
            CONSTRAINT outbox_dead_is_never_due CHECK (NOT is_dead OR due_at IS NULL),
            CONSTRAINT outbox_idle_has_nothing_to_deliver CHECK (idle_since IS NULL OR (due_at IS NULL AND NOT is_dead AND last = delivered))
        ) WITH (fillfactor = 80);

        CREATE INDEX outbox_due ON {schema}.outbox (due_at, tenant, stream) WHERE due_at IS NOT NULL;

        CREATE INDEX outbox_dead ON {schema}.outbox (tenant, stream) WHERE is_dead;

        CREATE INDEX outbox_idle ON {schema}.outbox (idle_since) WHERE idle_since IS NOT NULL;

        CREATE TABLE {schema}.parked_outcome (
            tenant       text COLLATE "C" NOT NULL,
            operation_id text COLLATE "C" NOT NULL,
            evidence     text COLLATE "C" NOT NULL,
            received_at  bigint NOT NULL,
            -- From when on somebody looks whether it is known by now what it is about.
            look_at      bigint NOT NULL,
            body         text   NOT NULL,
            PRIMARY KEY (tenant, operation_id, evidence)
        );

        CREATE INDEX parked_outcome_due ON {schema}.parked_outcome (look_at, tenant, operation_id, evidence);

        CREATE INDEX parked_outcome_age ON {schema}.parked_outcome (tenant, received_at, operation_id, evidence);
        """;
}
