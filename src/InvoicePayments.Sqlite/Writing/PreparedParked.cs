namespace InvoicePayments;

/// <summary>Puts off what is kept, or removes it. What is gone stays gone.</summary>
internal sealed class PreparedParked(ParkedOutcome parked, DateTimeOffset? until) : IPreparedWrite
{
    public bool Write(SqliteSession session)
    {
        if (until is { } at) session.Execute(Sql.Write.PutOffParked, ("$until", at.UtcTicks), Tenant, Operation, Evidence);
        else session.Execute(Sql.Write.RemoveParked, Tenant, Operation, Evidence);
        return true;
    }

    private (string, SqliteValue) Tenant => ("$tenant", parked.Tenant.Value);

    private (string, SqliteValue) Operation => ("$operation", parked.Operation.Value);

    private (string, SqliteValue) Evidence => ("$evidence", parked.Evidence.Value);
}
