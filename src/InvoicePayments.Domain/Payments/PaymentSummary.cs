namespace InvoicePayments;

/// <summary>
/// What a customer may see of a payment: the content of an answer, and of the notification that the payment was created. It has no place
/// for a comment, a token, a client secret or the host's metadata, so none of them can get into it.
/// </summary>
public sealed record PaymentSummary
{
    /// <summary>The payment.</summary>
    public required PaymentId Id { get; init; }

    /// <summary>The operation that began it.</summary>
    public required OperationId Operation { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What was asked for, over all invoices.</summary>
    public required Money Amount { get; init; }

    /// <summary>What really moved; null until it has.</summary>
    public Money? Moved { get; init; }

    /// <summary>Through a gateway, or recorded by hand.</summary>
    public required PaymentMode Mode { get; init; }

    /// <summary>How it stands.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>The gateway; null for an offline payment.</summary>
    public GatewayName? Gateway { get; init; }

    /// <summary>The gateway's id of it, once known.</summary>
    public GatewayPaymentId? GatewayPaymentId { get; init; }

    /// <summary>The stored method it is paid with.</summary>
    public PaymentMethodId? PaymentMethod { get; init; }

    /// <summary>How the money moved, when offline.</summary>
    public OfflineMethod? OfflineMethod { get; init; }

    /// <summary>The host's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Where the payer has to go (Rapyd: redirect_url); null when nowhere.</summary>
    public Uri? RedirectUrl { get; init; }

    /// <summary>Until when the payer has to act, UTC.</summary>
    public DateTimeOffset? ActionDeadline { get; init; }

    /// <summary>What went wrong, in a word (Rapyd: error_code).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What went wrong, in a sentence.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the money moved, UTC.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>The summary of a payment whose operation stands like this.</summary>
    public static PaymentSummary Of(Payment payment, PaymentOperation operation)
    {
        ArgumentNullException.ThrowIfNull(payment);
        ArgumentNullException.ThrowIfNull(operation);
        return new()
        {
            Id = payment.Id, Operation = operation.Id, Account = payment.Account, Amount = payment.Amount, Moved = operation.Moved, Mode = payment.Mode,
            Status = operation.Status, Gateway = payment.Gateway, GatewayPaymentId = operation.GatewayPaymentId, PaymentMethod = payment.PaymentMethod,
            OfflineMethod = payment.OfflineMethod, Reference = payment.Reference, Description = payment.Description,
            RedirectUrl = operation.Action?.Destination, ActionDeadline = operation.ActionDeadline,
            ErrorCode = operation.Decline?.RawCode ?? operation.Error?.Code, ErrorMessage = operation.Decline?.Message ?? operation.Error?.Message,
            CreatedAt = payment.CreatedAt,
            SucceededAt = payment.SucceededAt ?? (operation.Status == OperationStatus.Succeeded ? operation.AnsweredAt : null),
        };
    }
}
