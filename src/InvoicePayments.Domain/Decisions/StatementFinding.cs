namespace InvoicePayments;

/// <summary>Where our records and a gateway's statement do not agree: a closed set. It changes nothing by itself.</summary>
public abstract record StatementFinding
{
    private StatementFinding(IDecidable<PaymentResult>? proposed) => Proposed = proposed;

    /// <summary>
    /// The command that would mend it: the gateway's word, to go in at the same door as a webhook; null where nobody but a person can tell
    /// what is right.
    /// </summary>
    public IDecidable<PaymentResult>? Proposed { get; init; }

    /// <summary>The statement lists a movement that nobody here knows.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Proposed">The command that would mend it.</param>
    public sealed record MissingHere(GatewayStatementLine Line, IDecidable<PaymentResult>? Proposed) : StatementFinding(Proposed);

    /// <summary>Money moved by our records, and the statement does not list it.</summary>
    /// <param name="Operation">The operation. It is final, so it is for a person to ask the gateway.</param>
    public sealed record MissingThere(PaymentOperation Operation) : StatementFinding((IDecidable<PaymentResult>?)null);

    /// <summary>Both know the movement, and not by the same amount.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Operation">Our operation.</param>
    /// <param name="Ours">What it moved by our records, late reports included.</param>
    /// <param name="Proposed">The command that would mend it.</param>
    public sealed record AmountDiffers(GatewayStatementLine Line, PaymentOperation Operation, Money Ours, IDecidable<PaymentResult>? Proposed) : StatementFinding(Proposed);

    /// <summary>The same movement is listed a second time.</summary>
    /// <param name="Line">The second line.</param>
    public sealed record Twice(GatewayStatementLine Line) : StatementFinding((IDecidable<PaymentResult>?)null);

    /// <summary>Both know the operation, and only by the statement has its money moved.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Operation">Our operation: under way, or ended without money.</param>
    /// <param name="Proposed">The command that would mend it.</param>
    public sealed record StateDiffers(GatewayStatementLine Line, PaymentOperation Operation, IDecidable<PaymentResult>? Proposed) : StatementFinding(Proposed);
}
