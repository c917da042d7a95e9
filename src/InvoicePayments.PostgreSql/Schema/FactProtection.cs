namespace InvoicePayments;

/// <summary>
/// Version 2: the database itself refuses to change or delete a fact, whoever asks. The triggers fire on updates, deletes and truncations
/// alone, so they cost a payment nothing.
/// </summary>
internal static class FactProtection
{
    internal static string Sql(SchemaName schema) => $"""
        CREATE FUNCTION {schema}.refuse_to_change_facts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'Facts are never changed or deleted: record a new one.' USING ERRCODE = 'restrict_violation'; END $$;

        CREATE TRIGGER fact_is_never_changed BEFORE UPDATE OR DELETE ON {schema}.fact
            FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_to_change_facts();

        CREATE TRIGGER fact_is_never_truncated BEFORE TRUNCATE ON {schema}.fact
            FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_to_change_facts();

        CREATE TRIGGER credit_fact_is_never_changed BEFORE UPDATE OR DELETE ON {schema}.credit_fact
            FOR EACH ROW EXECUTE FUNCTION {schema}.refuse_to_change_facts();

        CREATE TRIGGER credit_fact_is_never_truncated BEFORE TRUNCATE ON {schema}.credit_fact
            FOR EACH STATEMENT EXECUTE FUNCTION {schema}.refuse_to_change_facts();
        """;
}
