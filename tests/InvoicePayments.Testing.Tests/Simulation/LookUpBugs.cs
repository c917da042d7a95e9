namespace InvoicePayments.Tests;

/// <summary>Stores that find too much or too little.</summary>
internal static class LookUpBugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of("FindsMethodsOfAnyTenant", "The method on file is looked up by its account, and the tenant was left out of the query.",
            (s, r, state) => r.DefaultPaymentMethod ? state with { PaymentMethod = s.PaymentMethods[0] } : state),

        // An operation's own id is derived from its tenant too, so a look-up by id alone finds no other's; a join by the invoice does.
        Of("JoinsOperationsOfAnyTenant", "Open operations are joined by the invoice's number alone.", (s, _, state) => state with
        {
            OpenOperations = [.. s.Operations.Where(o => !o.IsFinal && state.Invoices.Any(i => o.Allocation.PartOf(i.Id).IsPositive))],
        }),
        Of("LoadsNoOpenOperations", "Open operations are loaded only with an operation, and not with an invoice alone.",
            (_, r, state) => r.Operations.Count == 0 ? state with { OpenOperations = [] } : state),
        new("ListsOnlyWhatWasAnswered", "The list of what is due leaves out what was never answered, so nobody looks after it.")
        {
            Store = () => new() { Lists = o => o.Status is not (OperationStatus.Pending or OperationStatus.Unknown) },
        },
    ];

    private static Bug Of(string name, string sentence, Func<BuggyStore, LoadRequest, InvoiceState, InvoiceState> lie) =>
        new(name, sentence) { Store = () => new() { Lie = lie } };
}
