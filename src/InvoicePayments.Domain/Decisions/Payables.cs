using System.Diagnostics;

namespace InvoicePayments;

/// <summary>What a command pays, as it stands: one document or several of one account. The rules about how much of it may be asked for are here.</summary>
internal sealed class Payables
{
    private readonly List<Named> _all;
    private readonly PaymentSpread? _spread;

    private Payables(List<Named> all, PaymentSpread? spread) => (_all, _spread) = (all, spread);

    internal AccountId Account => _all[0].Document.Account;

    internal Currency Currency => _all[0].Document.Currency;

    internal InvoiceDetails Details => _all[0].Document.Details;

    private Money Due => Sum(static p => p.Due);

    private Money Payable => Sum(static p => p.Open);

    private bool IsZero => _spread is null && _all[0].Document.Total.IsZero;

    /// <summary>One document alone, and with an instalment the whole it belongs to.</summary>
    internal static Payables Of(InvoiceState state, Invoice document) =>
        new([new(document, document.InstalmentOf is { } whole ? state.Find(whole) : null)], null);

    /// <summary>What a target names; null when any of it is not there, is not the caller's, or is another kind of document.</summary>
    internal static Payables? Find(InvoiceState state, PayableTarget target, AccountId? caller)
    {
        var found = new List<Named>(target.Ids.Count);
        foreach (var id in target.Ids)
        {
            if (state.Find(id) is not { } document || document.Kind != target.Kind || (caller is not null && document.Account != caller)) return null;
            found.Add(new(document, document.InstalmentOf is { } whole ? state.Find(whole) : null));
        }

        return new(found, target.Several);
    }

    /// <summary>Why it cannot take money at all; null when it can. Of several documents the first that cannot refuses them all.</summary>
    internal Rejection? Closed(PaymentPolicy policy, bool hasMoved = false, PaymentInitiator initiator = PaymentInitiator.Customer)
    {
        foreach (var one in _all)
            if (one.Document.Account != Account) return Rejection.AccountsDiffer;
        foreach (var one in _all)
            if (one.Document.Currency != Currency) return Rejection.CurrencyMismatch;
        foreach (var one in _all)
        {
            var why = CommandRules.NotPayable(one.Document, policy, hasMoved, initiator)
                ?? (one.InstalmentOf is null ? null : CommandRules.NotPayable(one.InstalmentOf, policy, hasMoved, initiator));
            if (why is not null) return why;
        }

        return null;
    }

    /// <summary>
    /// How much is to be paid, or why not. Everything due when no amount is given (Pelcro, Chargebee). More than is due only where it has
    /// moved already and the policy keeps the rest as credit.
    /// </summary>
    internal (Money Amount, Rejection? Why) AmountOf(Money? asked, PaymentPolicy policy, bool hasMoved = false)
    {
        var (told, due, open) = ((_spread as PaymentSpread.AsTold)?.Allocation, Due, Payable);
        if ((asked ?? told?.Total) is { } given && given.Currency != Currency) return (given, Rejection.CurrencyMismatch);
        if (told is not null && (told.Total != (asked ?? told.Total) || told.Parts.Any(p => p.Request is not null))) return (told.Total, Rejection.AllocationInvalid);
        if (IsZero && (asked is null || asked.Value.IsZero)) return (due, null);

        asked ??= told?.Total;
        var amount = asked ?? (policy.PendingPayments == PendingPaymentRule.AdmitWhatIsPayable ? open : due);
        if (asked is { IsPositive: false }) return (amount, Rejection.AmountNotPositive);
        if ((amount > due && !(hasMoved && KeepsRest(amount, policy))) || ToldAbove(static p => p.Due)) return (amount, Rejection.AmountExceedsPayable);
        if (due.IsZero) return (amount, Rejection.InvoicePaid);
        if (policy.PendingPayments == PendingPaymentRule.RefuseEverything && _all.Exists(static p => p.IsReserved)) return (amount, Rejection.PaymentInProgress);
        if (Money.Min(amount, due) > open || amount.IsZero || ToldAbove(static p => p.Open)) return (amount, Rejection.PaymentInProgress);
        return amount < due && !policy.AllowPartialPayments ? (amount, Rejection.PartialPaymentNotAllowed) : (amount, null);
    }

    internal string Explain(Rejection why, Money asked) => $"{why.Message} Asked: {asked}, due: {Due}, payable: {Payable}. {why.WhatToDo}";

    /// <summary>What an account's credit pays of an allocation, first things first, and what is left for the method; null where that is nothing. Credit buys no credit.</summary>
    internal (PaymentAllocation? ByCredit, PaymentAllocation? ByMethod) SplitOff(PaymentAllocation allocation, Money available)
    {
        var left = _all[0].Document.Kind == PayableKind.CreditGrant ? Money.Zero(Currency) : available;
        var (credit, rest) = (new List<AllocationPart>(), new List<AllocationPart>());
        foreach (var part in allocation.Parts)
        {
            var paid = Money.Min(part.Amount, left);
            left -= paid;
            if (paid.IsPositive) credit.Add(part with { Amount = paid });
            if (part.Amount > paid) rest.Add(part with { Amount = part.Amount - paid });
        }

        return (credit.Count > 0 ? new(credit) : null, rest.Count > 0 ? new(rest) : null);
    }

    /// <summary>How an amount that was found acceptable is spread; what is beyond what is due comes with the first part.</summary>
    internal PaymentAllocation Allocate(Money amount)
    {
        if (amount <= Due) return Spread(amount);
        var due = Spread(Due);
        return new([due.Parts[0] with { Amount = due.Parts[0].Amount + (amount - Due) }, .. due.Parts.Skip(1)]);
    }

    private PaymentAllocation Spread(Money amount) => _spread switch
    {
        null => PaymentAllocation.To(_all[0].Whole.Id, amount, _all[0].Request),
        PaymentSpread.OldestFirst => PaymentAllocation.OldestFirst(amount, _all.Select(p => p.Document)),
        PaymentSpread.Proportional => PaymentAllocation.Proportional(amount, [.. _all.Select(p => p.Document)]),
        PaymentSpread.AsTold told => new([.. told.Allocation.Parts.Where(p => p.Amount.IsPositive)]),
        _ => throw new UnreachableException(),
    };

    private bool KeepsRest(Money amount, PaymentPolicy policy) =>
        policy.Overpayments == OverpaymentRule.KeepAsCredit && amount.MinorUnits <= Invoice.MaxTotal
        && _all.All(p => p.Request is null && p.Document.Kind != PayableKind.CreditGrant);

    private bool ToldAbove(Func<Named, Money> limit) =>
        _spread is PaymentSpread.AsTold told && _all.Any(p => told.Allocation.PartOf(p.Document.Id) > limit(p));

    private Money Sum(Func<Named, Money> of)
    {
        var sum = of(_all[0]);
        for (var i = 1; i < _all.Count; i++) sum += of(_all[i]);
        return sum;
    }

    /// <summary>A document; an instalment can be paid as far as both it and the whole it belongs to can.</summary>
    private readonly record struct Named(Invoice Document, Invoice? InstalmentOf)
    {
        internal Invoice Whole => InstalmentOf ?? Document;

        internal InvoiceId? Request => InstalmentOf is null ? null : Document.Id;

        internal Money Due => Money.Min(Document.Due, Whole.Due);

        internal Money Open => Money.Min(Document.Payable, Whole.Payable);

        internal bool IsReserved => Document.Reserved.IsPositive || Whole.Reserved.IsPositive;
    }
}
