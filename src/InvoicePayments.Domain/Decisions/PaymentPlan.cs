using System.Diagnostics;

namespace InvoicePayments;

/// <summary>
/// What a command would do were it carried out now: a closed set. It is the command's own decision, not an estimate of it, and so as long
/// as nothing else happens in between exactly this is carried out.
/// </summary>
public abstract record PaymentPlan
{
    private PaymentPlan()
    {
    }

    /// <summary>It would be refused.</summary>
    /// <param name="Why">Which rule, from the documented list.</param>
    /// <param name="Detail">What exactly, in one sentence.</param>
    public sealed record Refused(Rejection Why, string Detail) : PaymentPlan;

    /// <summary>Its key was used before: nothing new would happen, and this would be answered.</summary>
    /// <param name="Answer">The earlier answer.</param>
    public sealed record Repeats(PaymentResult Answer) : PaymentPlan;

    /// <summary>The operation exists already: the gateway would be asked what became of it.</summary>
    /// <param name="Operation">The operation as it would be stored.</param>
    public sealed record FindsOut(PaymentOperation Operation) : PaymentPlan;

    /// <summary>The money would be spoken for, and then the gateway asked.</summary>
    /// <param name="Operation">The operation as it would be stored: its amount, its allocation to the unit, its gateway.</param>
    /// <param name="Invoices">The invoices as they would stand while the gateway is asked.</param>
    public sealed record AsksGateway(PaymentOperation Operation, IReadOnlyList<Invoice> Invoices) : PaymentPlan;

    /// <summary>It would be recorded at once, without a gateway.</summary>
    /// <param name="Answer">What would be answered.</param>
    public sealed record Records(PaymentResult Answer) : PaymentPlan;

    /// <summary>The plan that a decision is.</summary>
    public static PaymentPlan Of(Decision<PaymentResult> decision) => decision switch
    {
        Decision<PaymentResult>.Answer { Result: PaymentResult.Rejected no } => new Refused(no.Why, no.Detail),
        Decision<PaymentResult>.Answer { Changes: null } answer => new Repeats(answer.Result),
        Decision<PaymentResult>.Answer answer => new Records(answer.Result),
        Decision<PaymentResult>.Park => new Refused(Rejection.OperationNotFound, "Nobody here knows yet what it is about: it would be kept."),
        Decision<PaymentResult>.Ask ask => new AsksGateway(ask.Operation, ask.Changes.Invoices),
        Decision<PaymentResult>.Resolve resolve => new FindsOut(resolve.Operation),
        Decision<PaymentResult>.Recall recall => new FindsOut(recall.Operation),
        _ => throw new UnreachableException(),
    };
}
