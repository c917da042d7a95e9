namespace InvoicePayments;

/// <content>What operations do to the credit of an account. A credit grant is paid: credit comes in; credit pays: it goes out; given back: the other way round.</content>
internal sealed partial class StateChange
{
    private readonly Rows<CreditAddress, AccountCredit> _credits = new();
    private List<CreditEvent>? _creditFacts;

    internal static OperationId CreditIdOf(OperationId operation) => new(DerivedId.Base32("credit", operation.Value));

    private static InvoiceId KeptIdOf(OperationId operation) => new("kept_" + operation.Value);

    /// <summary>The account credit that is spoken for beside an operation, and shares its fate; null when there is none.</summary>
    private PaymentOperation? CreditBeside(PaymentOperation operation)
    {
        foreach (var (_, change) in _operations.All)
            if (IsBeside(operation, change.Operation)) return change.Operation;
        foreach (var known in state.Operations)
            if (IsBeside(operation, known)) return known;
        return null;
    }

    // The id says it all, and is only made for those that it may be.
    private static bool IsBeside(PaymentOperation leader, PaymentOperation credit) =>
        credit.Kind == OperationKind.Credit && credit.Follows == leader.Id && credit.Id == CreditIdOf(leader.Id);

    /// <summary>What is declined on the card gives the credit back; what is paid spends it.</summary>
    private void Follow(PaymentOperation leader, bool succeeded)
    {
        if (CreditBeside(leader) is not { IsFinal: false } credit) return;
        if (succeeded) Succeed(credit, null, credit.Amount);
        else End(credit, OperationStatus.Canceled, null, new("not_spent", "What was to be paid beside it was not paid, so the credit is given back."), null);
    }

    /// <summary>Money or credit is spoken for.</summary>
    private void HoldCredit(PaymentOperation operation, AllocationPart part)
    {
        if (operation.Kind == OperationKind.Credit || (operation.GivesBack && IsGrant(part)))
            MoveCredit(operation, part, new CreditEvent.Held(part.Amount), c => c with { Reserved = checked(c.Reserved + part.Amount.MinorUnits) });
    }

    /// <summary>What was spoken for is free again.</summary>
    private void FreeCredit(PaymentOperation operation, AllocationPart part)
    {
        if (operation.Kind == OperationKind.Credit || (operation.GivesBack && IsGrant(part)))
            MoveCredit(operation, part, new CreditEvent.Freed(part.Amount), c => c with { Reserved = checked(c.Reserved - part.Amount.MinorUnits) });
    }

    /// <summary>A document was paid: with credit, which goes out; or it was a credit grant, and credit comes in.</summary>
    private void CreditPaid(PaymentOperation operation, AllocationPart part, Money released)
    {
        if (operation.Kind == OperationKind.Credit) SpendCredit(operation, part, released);
        else if (IsGrant(part)) AddCredit(operation, part);
    }

    /// <summary>A document gave back: what was paid with credit is credit again; what a credit grant brought is taken back.</summary>
    private void CreditGivenBack(PaymentOperation operation, AllocationPart part, Money released)
    {
        if (Current(operation.Payment).Mode == PaymentMode.Credit) AddCredit(operation, part);
        else if (IsGrant(part)) SpendCredit(operation, part, released);
    }

    /// <summary>A gateway gave back by itself what a credit grant had brought: as much as is still there is taken back, and the rest is shown as missing.</summary>
    private void TakeCreditBack(PaymentOperation operation, AllocationPart part)
    {
        if (!IsGrant(part)) return;
        var there = Money.Min(part.Amount, Credit(operation, part).Available);
        var missing = part.Amount - there;
        MoveCredit(
            operation, part, new CreditEvent.Spent(there, Money.Zero(there.Currency), missing.IsPositive ? missing : null),
            c => c with { Spent = checked(c.Spent + there.MinorUnits), Missing = checked(c.Missing + missing.MinorUnits) });
    }

    /// <summary>
    /// What a paid credit grant had brought is taken back with the money that a lost dispute or a returned debit took, as far as it is still
    /// there; the rest is missing. Where the money went back to the payer as well, no more than that is taken.
    /// </summary>
    private void CreditReopened(PaymentOperation operation, AllocationPart part)
    {
        if (!IsGrant(part)) return;
        if (part.Amount.IsPositive) TakeCreditBack(operation, part);
        else AddCredit(operation, part with { Amount = -part.Amount });
    }

    /// <summary>
    /// What of an arriving part its invoice does not ask for, where the policy keeps that as credit; otherwise zero. What was taken before it
    /// arrived is not kept: it is not here.
    /// </summary>
    private Money BeyondDue(PaymentOperation operation, AllocationPart part)
    {
        var none = Money.Zero(part.Amount.Currency);
        if (context.Policy.Overpayments != OverpaymentRule.KeepAsCredit || operation.Kind == OperationKind.Credit || IsGrant(part)) return none;
        var share = Current(operation.Payment).Shares.First(s => s.Invoice == part.Invoice);
        var gone = Money.FromMinorUnits(Math.Max(0, checked(share.Taken - Math.Max(0, share.Captured - share.Refunded))), none.Currency);
        return Money.Max(none, part.Amount - gone - Current(part.Invoice)!.Due);
    }

    /// <summary>Keeps what nobody asked for as credit: a credit grant of its own that the same payment has paid.</summary>
    private void KeepAsCredit(PaymentOperation operation, Money rest, InvoiceEvent.Succeeded arrived)
    {
        if (!rest.IsPositive) return;
        var part = new AllocationPart(KeptIdOf(operation.Id), rest);
        Add(new Invoice
        {
            Tenant = operation.Tenant, Id = part.Invoice, Kind = PayableKind.CreditGrant, Account = operation.Account, Total = rest,
            Document = InvoiceDocument.Open, CreatedAt = Now, Details = new() { Description = "Overpayment, kept as credit." },
        });
        Tell(part.Invoice, new InvoiceEvent.Issued(operation.Account, rest, null, PayableKind.CreditGrant));
        var payment = Edit(operation.Payment);
        _payments[payment.Id] = payment with { Shares = [.. payment.Shares, new(part.Invoice, rest.MinorUnits, 0, 0)] };
        Tell(part, operation, arrived with { Moved = rest, Released = Money.Zero(rest.Currency) });
        ChangeSums(part, s => s.Receive(rest.MinorUnits));
        AddCredit(operation, part);
    }

    private void AddCredit(PaymentOperation operation, AllocationPart part) =>
        MoveCredit(operation, part, new CreditEvent.Added(part.Amount), c => c with { Added = checked(c.Added + part.Amount.MinorUnits) });

    private void SpendCredit(PaymentOperation operation, AllocationPart part, Money released) => MoveCredit(
        operation, part, new CreditEvent.Spent(part.Amount, released),
        c => c with { Spent = checked(c.Spent + part.Amount.MinorUnits), Reserved = checked(c.Reserved - released.MinorUnits) });

    private void MoveCredit(PaymentOperation operation, AllocationPart part, CreditEvent fact, Func<AccountCredit, AccountCredit> change)
    {
        var address = new CreditAddress(operation.Account, part.Amount.Currency);
        var before = Credit(operation, part);
        var after = change(before);
        if (after == before) return;
        if (!after.Holds) throw new InvalidOperationException($"The credit of {address.Account} would not hold: {after}.");

        var told = fact with
        {
            Tenant = operation.Tenant, Account = address.Account, Currency = address.Currency, Sequence = before.FactCount + 1, At = Now,
            Operation = operation.Id, Kind = operation.Kind, Payment = operation.Payment, Invoice = part.Invoice, Previous = before.FactHash,
        };
        _credits[address] = after with
        {
            FactCount = told.Sequence, FactHash = FactChain.HashOf(told), Version = (state.CreditOf(address)?.Version ?? 0) + 1,
        };
        (_creditFacts ??= []).Add(told);
    }

    private AccountCredit Credit(PaymentOperation operation, AllocationPart part)
    {
        var address = new CreditAddress(operation.Account, part.Amount.Currency);
        return _credits.Find(address) ?? state.CreditOf(address)
            ?? new() { Tenant = operation.Tenant, Account = address.Account, Currency = address.Currency };
    }

    private bool IsGrant(AllocationPart part) => Current(part.Invoice) is { Kind: PayableKind.CreditGrant };
}
