namespace InvoicePayments;

/// <content>What is checked when everything has come to rest.</content>
internal sealed partial class Books
{
    private const int All = 1_000;

    internal async ValueTask CheckAllAsync()
    {
        foreach (var (tenant, invoice) in Documents.ToList()) await CheckFactsAsync(tenant, invoice).ConfigureAwait(false);
        var payments = new Dictionary<(TenantId, PaymentId), Payment>();
        foreach (var (tenant, payment) in _operations.Values.Select(o => (o.Tenant, o.Payment)).Distinct().ToList())
        {
            var state = await world.Store.LoadAsync(new() { Tenant = tenant, Payment = payment }, CancellationToken.None).ConfigureAwait(false);
            if (state.Find(payment) is not { } found) continue;
            Check(found, state);
            payments.Add((tenant, payment), found);
        }

        await CheckCreditsAsync(payments.Values).ConfigureAwait(false);
        CheckShares(payments.Values);
        CheckTaken(payments);
        CheckDelivered();
        CheckMoney();
        CheckMoneyTaken();
        CheckLinks();
        CheckDisputesAgree(payments);
        CheckRefundable(payments);
        CheckFailedRefunds(payments);
        CheckAnswers();
        CheckRest();
    }

    /// <summary>Whether an operation still waits for something that will come.</summary>
    internal bool IsUnsettled(PaymentOperation operation) => !operation.IsFinal && operation.Kind != OperationKind.Dispute && !MayWaitForPerson(operation);

    private async ValueTask CheckFactsAsync(TenantId tenant, InvoiceId id)
    {
        var state = await world.Store.LoadAsync(new() { Tenant = tenant, Invoices = [id] }, CancellationToken.None).ConfigureAwait(false);
        var facts = (await world.Queries.ListFactsAsync(tenant, id, null, All, CancellationToken.None).ConfigureAwait(false)).Items;
        if (state.Find(id) is not { } invoice)
        {
            if (_toldOf.Contains((tenant, id)) || LastOf(tenant, id) is not null) world.Break(Invariant.FactsExplainSums, $"{id} is gone.");
            return;
        }

        Check(invoice, state);
        if (!facts.Select(f => f.Sequence).SequenceEqual(Enumerable.Range(1, (int)invoice.FactCount).Select(n => (long)n)))
            world.Break(Invariant.FactsExplainSums, $"{id} counts {invoice.FactCount} facts, and {facts.Count} are there.");
        Tell(facts);
        var told = facts.Aggregate(default(InvoiceSums), Add);
        if (FactChain.Verify(invoice, facts) is FactVerification.Tampered tampered) world.Break(Invariant.BooksProveThemselves, $"{id}, fact {tampered.Sequence}: {tampered.Why}");
        if (InvoiceJournal.Of(facts).Problem(invoice) is { } problem) world.Break(Invariant.BooksProveThemselves, $"{id}: {problem}");
        if (told != invoice.Sums) world.Break(Invariant.FactsExplainSums, $"{id} has {invoice.Sums}, and its facts tell {told}.");

        var operations = (await world.Queries.ListOperationsAsync(tenant, id, null, All, CancellationToken.None).ConfigureAwait(false)).Items;
        foreach (var operation in operations) Check(operation);
    }

    private static InvoiceSums Add(InvoiceSums sums, InvoiceEvent fact) => fact switch
    {
        InvoiceEvent.Started { Kind: OperationKind.Charge or OperationKind.Authorize or OperationKind.Credit } started => sums with { Reserved = sums.Reserved + started.Reserved.MinorUnits },
        InvoiceEvent.Succeeded { Kind: OperationKind.Refund } back => Back(sums, back.Moved, back.DueAgain),
        InvoiceEvent.Succeeded { Kind: OperationKind.Void } undone => Free(Back(sums, undone.Moved, undone.DueAgain), undone.Released),
        InvoiceEvent.DisputeLost lost => sums with { Taken = sums.Taken + lost.Taken.MinorUnits },
        InvoiceEvent.DebitReturned returned => sums with { Taken = sums.Taken + returned.Taken.MinorUnits },
        InvoiceEvent.Reopened again => sums with { Reopened = sums.Reopened + again.Amount.MinorUnits },
        InvoiceEvent.Succeeded moved => sums with { Received = sums.Received + moved.Moved.MinorUnits, Reserved = sums.Reserved - moved.Released.MinorUnits },
        InvoiceEvent.Ended { Kind: not OperationKind.Refund } ended => Free(sums, ended.Released),
        InvoiceEvent.LateAnswer { Kind: OperationKind.Refund or OperationKind.Void } back => Back(sums, back.Moved, back.DueAgain),
        InvoiceEvent.LateAnswer late => sums with
        {
            Received = sums.Received + late.Moved.MinorUnits, Reserved = sums.Reserved - Units(late.Released),
            Unreserved = sums.Unreserved + late.Moved.MinorUnits - Units(late.Released),
        },
        _ => sums,
    };

    private static InvoiceSums Free(InvoiceSums sums, Money released) => sums with { Reserved = sums.Reserved - released.MinorUnits };

    private static long Units(Money? money) => money?.MinorUnits ?? 0;

    private static InvoiceSums Back(InvoiceSums sums, Money moved, bool dueAgain) => sums with
    {
        Refunded = sums.Refunded + moved.MinorUnits, Reopened = sums.Reopened + (dueAgain ? moved.MinorUnits : 0),
    };

    // Late and second answers are operations of their own, and are shown as overpaid; what was asked for may never add up to more than the total.
    private void CheckTaken(Dictionary<(TenantId, PaymentId), Payment> payments)
    {
        var taken = new Dictionary<(TenantId, InvoiceId), long>();
        foreach (var operation in _operations.Values.Where(o => o is { Status: OperationStatus.Succeeded, Moved.IsPositive: true, Kind: not (OperationKind.Dispute or OperationKind.Return) }))
        {
            var sign = !operation.GivesBack ? operation.EvidenceOf is null ? 1 : 0 : operation.ReopensInvoice ? -1 : 0;
            foreach (var part in operation.Allocation.ScaledTo(operation.Moved!.Value).Parts)
            {
                Add(part.Invoice, sign * For(operation, part, payments));
                if (part.Request is { } request) Add(request, sign * part.Amount.MinorUnits);
            }

            void Add(InvoiceId id, long amount) => taken[(operation.Tenant, id)] = taken.GetValueOrDefault((operation.Tenant, id)) + amount;
        }

        foreach (var payment in payments.Values)
            foreach (var share in payment.Shares)
                foreach (var id in (InvoiceId[])(share.Request is { } request ? [share.Invoice, request] : [share.Invoice]))
                    taken[(payment.Tenant, id)] = taken.GetValueOrDefault((payment.Tenant, id)) - share.TakenReopened;
        foreach (var ((tenant, id), sum) in taken)
            if (_versions[(tenant, id)][^1].Total.MinorUnits is var total && sum > total)
                world.Break(Invariant.NeverOvercharged, $"{sum} was taken for {tenant}/{id}, which asks for {total}.");
    }

    // What was kept as credit was not taken for the invoice.
    private long For(PaymentOperation operation, AllocationPart part, Dictionary<(TenantId, PaymentId), Payment> payments) =>
        HasKept(operation) && payments.GetValueOrDefault((operation.Tenant, operation.Payment))?.Shares.FirstOrDefault(s => s.Invoice == part.Invoice) is { } share
            ? Math.Min(part.Amount.MinorUnits, share.Captured)
            : part.Amount.MinorUnits;

    private void CheckMoney()
    {
        var booked = _operations.Values.Where(o => o is { Status: OperationStatus.Succeeded, Gateway: not null, Moved.IsPositive: true, Kind: not (OperationKind.Dispute or OperationKind.Return) })
            .GroupBy(o => (o.Tenant, Reference: new GatewayReference((o.EvidenceOf ?? o.Id).Value), o.GatewayPaymentId!.Value))
            .ToDictionary(g => g.Key, g => g.Select(o => o.Moved!.Value).Aggregate((a, b) => a + b));
        foreach (var entry in world.Scripted.Ledger.Entries.Where(e => e.Kind is not (OperationKind.Dispute or OperationKind.Return)))
        {
            var isBooked = booked.Remove((entry.Tenant, BookedUnder(entry), entry.GatewayPaymentId), out var money);
            if ((isBooked && money == entry.Money) || IsShown(entry) || IsShownElsewhere(entry)) continue;
            world.Break(Invariant.MoneyAgrees, $"The gateway moved {entry.Money} under {Story.Short(entry.Reference)}, and the books say {(isBooked ? money : "nothing")}.");
        }

        foreach (var (key, money) in booked)
            world.Break(Invariant.MoneyAgrees, $"The books say that {money} moved under {Story.Short(key.Reference)}, and the gateway knows nothing of it.");
    }

    // What nobody here asked for has a reference of the gateway's, and an operation that knows its id.
    private GatewayReference BookedUnder(LedgerEntry entry) =>
        entry.IsElsewhere && _operations.Values.FirstOrDefault(o => o.Tenant == entry.Tenant && o.Kind == entry.Kind && o.GatewayPaymentId == entry.GatewayPaymentId) is { } ours
            ? ours.Reference
            : entry.Reference;

    // What differs from what was asked is not booked, but shown to a person.
    private bool IsShown(LedgerEntry entry) =>
        _operations.TryGetValue((entry.Tenant, new(entry.Reference.Value)), out var operation)
        && (operation.Error?.Code == "amount_differs" || operation.Amount != entry.Money) && world.HasDiscrepancy(operation);

    // What went back of money that itself is not booked but shown, and what went back beyond what the books had: then they have nothing left.
    private bool IsShownElsewhere(LedgerEntry entry) => entry.IsElsewhere
        && (IsOfShown(entry) || (TakerOf(entry.Tenant, entry.Of!.Value) is { } taker && world.PaymentOf(taker) is { } payment
            && payment.Captured == payment.Refunded && payment.Discrepancies.Any(d => d.GatewayPaymentId == entry.GatewayPaymentId)));

    /// <summary>Whether a charge at the gateway was split among recipients.</summary>
    internal bool IsSplit(LedgerEntry charge) => _operations.TryGetValue((charge.Tenant, new(charge.Reference.Value)), out var operation) && operation.Funding is not null;

    private void CheckAnswers()
    {
        foreach (var (client, answer) in _answers)
        {
            if (answer is PaymentResult.Rejected no)
            {
                if (client.Operation is { } claimed && _asked[(client.Tenant, claimed)].Times == 1 && _operations.ContainsKey((client.Tenant, claimed)))
                    world.Break(Invariant.AnswersStayTrue, $"{client.Words} was rejected as {no.Why}, and there is an operation of it.");
                continue;
            }

            if (!_operations.TryGetValue((client.Tenant, answer.Operation!.Id), out var now))
                world.Break(Invariant.AnswersStayTrue, $"{client.Words} was answered {answer.Status}, and there is no operation of it.");
            else if (!Agrees(answer, now))
                world.Break(Invariant.AnswersStayTrue, $"{client.Words} was answered {Story.Word((object)answer)}, and it is {now.Status}, {world.Scripted.Ledger.MovementsOf(now.Reference).Count} movements.");
        }
    }

    private bool Agrees(PaymentResult answer, PaymentOperation now) => answer switch
    {
        PaymentResult.Succeeded => now.Status == OperationStatus.Succeeded && now.Moved == answer.Operation!.Moved,
        PaymentResult.Declined => now.Status == OperationStatus.Declined && NeverMoved(now),
        PaymentResult.Failed => now.Status == answer.Operation!.Status && NeverMoved(now),
        _ => true,
    };

    private bool NeverMoved(PaymentOperation operation) =>
        operation.EvidenceOf is not null || _doubledByGateway.Contains(operation.Reference) || world.Scripted.Ledger.MovementsOf(operation.Reference).Count == 0;

    private void CheckRest()
    {
        foreach (var operation in _operations.Values.Where(IsUnsettled))
            world.Break(Invariant.Settles, $"{Story.Short(operation.Reference)} is still {operation.Status} ({operation.Error?.Code ?? "no error"}).");
        foreach (var call in world.Calls)
            world.Break(Invariant.NothingElseEscapes, $"Host {call.Host.Name} never answered: {call.Client.Words}.");
    }

    // A person is needed where the gateway contradicts, and where it can never say whether something happened.
    private bool MayWaitForPerson(PaymentOperation operation) => operation.Follows is { } leader
        ? _operations.TryGetValue((operation.Tenant, leader), out var led) && MayWaitForPerson(led)
        : operation.Status == OperationStatus.NeedsAttention
            && (world.HasDiscrepancy(operation) || world.Gateway.Profile.For(operation.Kind).AbsenceProvenAfter is null);
}
