namespace InvoicePayments.Tests;

/// <summary>Whether one invoice says what the gateway did and what clients were told.</summary>
internal sealed class InvoiceCheck(int number, ILookup<string, LedgerLine> moved, IEnumerable<Acknowledgement> told, Action<string> complain)
{
    private readonly InvoiceId _id = Story.InvoiceOf(number);

    public IReadOnlyList<PaymentOperation> Operations { get; private set; } = [];

    public async Task<Invoice?> RunAsync(IInvoicePaymentService service)
    {
        if (await service.GetInvoiceAsync(_id) is not { } invoice)
        {
            if (told.Any(ack => ack.What != "begun")) Complain("is gone, though somebody was told of it");
            return null;
        }

        Operations = (await service.ListOperationsAsync(_id, limit: 1_000)).Items;
        foreach (var operation in Operations) CheckMovements(operation, [.. moved[operation.Reference.Value]]);
        CheckSums(invoice);
        foreach (var ack in told) CheckWhatWasTold(ack);

        if (await service.VerifyFactsAsync(_id) is not FactVerification.Intact intact || intact.Facts != invoice.FactCount) Complain("has facts that do not verify");
        if ((await service.GetJournalAsync(_id)).Problem(invoice) is { } problem) Complain($"has a journal that does not balance: {problem}");
        return invoice;
    }

    private void CheckMovements(PaymentOperation operation, LedgerLine[] movements)
    {
        var atRest = IsAtRest(operation);
        if (!operation.IsFinal && !atRest) Complain($"has an open operation: {operation.Id} is {operation.Status}");
        if (movements.Length > 1) Complain($"had money moved {movements.Length} times under {operation.Id}");

        var movesMoney = operation.Status == OperationStatus.Succeeded && operation.Gateway is not null
            && operation.Kind != OperationKind.Authorize && !(operation.Kind == OperationKind.Void && operation.Authorization is not null);
        if (movesMoney && movements.Length == 0) Complain($"says that {operation.Id} moved {operation.Moved}, and the gateway does not know of it");
        if (!movesMoney && movements.Length > 0) Complain($"says that {operation.Id} is {operation.Status}, and the gateway moved {movements[0].Answer.Minor}");
        if (movesMoney && movements.Length == 1 && (movements[0].Answer.Minor, movements[0].Answer.Id) != (operation.Moved!.Value.MinorUnits, operation.GatewayPaymentId!.Value.Value))
            Complain($"says {operation.Moved} where the gateway says {movements[0].Answer}");
    }

    private void CheckSums(Invoice invoice)
    {
        var atGateway = Operations.SelectMany(o => moved[o.Reference.Value]).Sum(line => line.GivesBack ? -line.Answer.Minor : line.Answer.Minor);
        var byHand = Operations.Where(o => o.Kind == OperationKind.Offline).Sum(o => o.Moved?.MinorUnits ?? 0);
        var held = Operations.Where(IsAtRest).Sum(o => o.Hold!.Held.Total.MinorUnits);
        if (invoice.Sums.Net != atGateway + byHand) Complain($"has {invoice.Sums.Net}, where {atGateway} moved at the gateway and {byHand} by hand");
        if (invoice.Sums.Reserved != held) Complain($"reserves {invoice.Sums.Reserved}, where {held} is authorized");
        if (invoice.Sums.Settled > invoice.Total.MinorUnits) Complain($"was paid {invoice.Sums.Settled} of {invoice.Total.MinorUnits}");
    }

    private void CheckWhatWasTold(Acknowledgement ack)
    {
        if (ack.Key == "-") return;
        var kept = Operations.FirstOrDefault(o => o.Id == Story.OperationOf(ack.Key));
        var isTrue = kept is not null && (ack.What, kept.Status) switch
        {
            ("succeeded", OperationStatus.Succeeded) => (kept.Moved ?? kept.Amount).MinorUnits == ack.Minor,
            ("authorized", OperationStatus.Authorized or OperationStatus.Succeeded or OperationStatus.Canceled) => kept.Kind == OperationKind.Authorize,
            ("declined", OperationStatus.Declined) or ("failed", OperationStatus.Failed or OperationStatus.Canceled) => true,
            _ => false,
        };
        if (!isTrue) Complain($"somebody was told that {ack.Key} {ack.What} with {ack.Minor}, and the books say {kept?.Status.ToString() ?? "nothing"} {kept?.Moved}");
    }

    /// <summary>An authorization that nobody takes from waits for whoever captures it.</summary>
    public static bool IsAtRest(PaymentOperation operation) => operation is { Kind: OperationKind.Authorize, Status: OperationStatus.Authorized, BusyUntil: null };

    private void Complain(string what) => complain($"{_id} {what}.");
}
