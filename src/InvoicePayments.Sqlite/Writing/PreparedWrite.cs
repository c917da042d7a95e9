namespace InvoicePayments;

/// <summary>One thing for the writer lane to do, with everything that can go wrong without the database already behind it.</summary>
internal interface IPreparedWrite
{
    /// <summary>Writes inside the lane's transaction. False is a conflict: then the lane takes back what was written so far.</summary>
    bool Write(SqliteSession session);

    /// <summary>It is committed.</summary>
    void Remember(RowMemory memory)
    {
    }
}
