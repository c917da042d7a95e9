namespace InvoicePayments;

/// <summary>One step a document may take.</summary>
/// <param name="From">Where it comes from; null for an invoice that is not known yet.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">Where it goes.</param>
public sealed record InvoiceTransition(InvoiceDocument? From, string Verb, InvoiceDocument To);

/// <summary>The invoice as a document, as data: what may be done with it, and the status that follows from document and sums.</summary>
public static class InvoiceStateMachine
{
    /// <summary>Every step there is. Anything that is not listed is refused.</summary>
    public static IReadOnlyList<InvoiceTransition> Transitions { get; } =
    [
        new(null, "draft", InvoiceDocument.Draft),
        new(null, "issue", InvoiceDocument.Open),
        new(InvoiceDocument.Draft, "issue", InvoiceDocument.Open),
        new(InvoiceDocument.Draft, "void", InvoiceDocument.Void),
        new(InvoiceDocument.Open, "void", InvoiceDocument.Void),
        new(InvoiceDocument.Open, "mark uncollectible", InvoiceDocument.Uncollectible),
        new(InvoiceDocument.Uncollectible, "void", InvoiceDocument.Void),
    ];

    /// <summary>Whether a document may go from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static bool Allows(InvoiceDocument? from, InvoiceDocument to)
    {
        foreach (var transition in Transitions)
        {
            if (transition.From == from && transition.To == to) return true;
        }

        return false;
    }

    /// <summary>The status of an invoice with this document state, these sums and this total (minor units).</summary>
    public static InvoiceStatus StatusOf(InvoiceDocument document, InvoiceSums sums, long total) => document switch
    {
        InvoiceDocument.Draft => InvoiceStatus.Draft,
        InvoiceDocument.Void => InvoiceStatus.Void,
        _ when sums.Settled >= total => InvoiceStatus.Paid,
        InvoiceDocument.Uncollectible => InvoiceStatus.Uncollectible,
        _ when sums.Settled > 0 => InvoiceStatus.PartiallyPaid,
        _ => InvoiceStatus.Open,
    };
}
