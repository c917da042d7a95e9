namespace InvoicePayments;

/// <summary>What an operation is about.</summary>
public enum OperationKind
{
    /// <summary>Take money through a gateway.</summary>
    Charge,

    /// <summary>Record money that already moved elsewhere: cash, cheque, wire.</summary>
    Offline,

    /// <summary>Give money back.</summary>
    Refund,
}
