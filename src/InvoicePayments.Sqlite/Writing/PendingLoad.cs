namespace InvoicePayments;

/// <summary>A caller who wants to know what is stored.</summary>
internal sealed class PendingLoad(LoadRequest request) : PendingCall<InvoiceState>
{
    /// <summary>Answers inside the lane's snapshot.</summary>
    internal void Read(SqliteSession session) => Succeed(new StateLoader(session, request).Load());
}
