namespace InvoicePayments;

/// <summary>What is known when a decision is made. What was asked for and is not here is not known.</summary>
public sealed record InvoiceState
{
    /// <summary>Nothing is known.</summary>
    public static InvoiceState Empty { get; } = new();

    /// <summary>The invoices asked for, directly or through an operation or payment.</summary>
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];

    /// <summary>Every operation of these invoices that is not final.</summary>
    public IReadOnlyList<PaymentOperation> OpenOperations { get; init; } = [];

    /// <summary>The operations asked for by id, whether final or not.</summary>
    public IReadOnlyList<PaymentOperation> Operations { get; init; } = [];

    /// <summary>What the gateways of <see cref="Operations"/> were asked; nothing for final operations.</summary>
    public IReadOnlyList<GatewayCommand> Commands { get; init; } = [];

    /// <summary>The payments asked for, directly or through an operation.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>What the accounts of <see cref="Invoices"/> have as credit, each in the invoice's currency, and the credit asked for.</summary>
    public IReadOnlyList<AccountCredit> Credits { get; init; } = [];

    /// <summary>The stored method asked for, by id or as default.</summary>
    public StoredPaymentMethod? PaymentMethod { get; init; }

    /// <summary>Outcomes parked for the operations asked for.</summary>
    public IReadOnlyList<ParkedOutcome> Parked { get; init; } = [];

    /// <summary>What cannot be about what a store answered, as a sentence; null when all is there. A command that got lost could never be asked again.</summary>
    public string? Damage
    {
        get
        {
            for (var i = 0; i < Operations.Count; i++)
            {
                if (Operations[i] is { IsFinal: false, Gateway: not null, Kind: not OperationKind.Dispute } operation && CommandOf(operation) is null)
                    return $"The record of operation {operation.Id} is damaged: it is not final, and what its gateway was asked is gone. Restore it from a backup.";
            }

            return null;
        }
    }

    /// <summary>An invoice by id.</summary>
    public Invoice? Find(InvoiceId id)
    {
        for (var i = 0; i < Invoices.Count; i++)
            if (Invoices[i].Id == id) return Invoices[i];
        return null;
    }

    /// <summary>An operation by id.</summary>
    public PaymentOperation? Find(OperationId id)
    {
        for (var i = 0; i < Operations.Count; i++)
            if (Operations[i].Id == id) return Operations[i];
        return null;
    }

    /// <summary>A payment by id.</summary>
    public Payment? Find(PaymentId id)
    {
        for (var i = 0; i < Payments.Count; i++)
            if (Payments[i].Id == id) return Payments[i];
        return null;
    }

    /// <summary>What an account has as credit; null while it never had any.</summary>
    public AccountCredit? CreditOf(CreditAddress address) => Credits.FirstOrDefault(c => c.Account == address.Account && c.Currency == address.Currency);

    /// <summary>What the gateway of an operation was asked.</summary>
    public GatewayCommand? CommandOf(PaymentOperation operation) => Commands.FirstOrDefault(c => c.Reference == operation.Reference);
}
