namespace InvoicePayments;

/// <summary>A load that waits for a lane.</summary>
internal sealed class PendingLoad(LoadRequest request) : PendingCall<InvoiceState>
{
    internal LoadRequest Request => request;
}
