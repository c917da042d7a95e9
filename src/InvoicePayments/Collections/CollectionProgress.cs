namespace InvoicePayments;

/// <summary>How far a run has come, since it was started this time.</summary>
/// <param name="Run">The run.</param>
/// <param name="Total">How many invoices were due when it was started.</param>
public sealed record CollectionProgress(CollectionRunId Run, long Total)
{
    /// <summary>How many invoices it has dealt with.</summary>
    public long Done { get; init; }

    /// <summary>How many of them it has charged.</summary>
    public long Charged { get; init; }

    /// <summary>How many were declined, or failed without a decline.</summary>
    public long InVain { get; init; }

    /// <summary>How many are under way: nobody knows yet, or the payer has to do something.</summary>
    public long UnderWay { get; init; }

    /// <summary>How many were refused by a rule: no payment method, money under way.</summary>
    public long Refused { get; init; }

    /// <summary>How many had been charged by this run before, and were only answered again.</summary>
    public long Repeated { get; init; }

    /// <summary>What it has collected, one amount for each currency.</summary>
    public IReadOnlyList<Money> Collected { get; init; } = [];

    internal CollectionProgress With(CollectionItem item)
    {
        var next = this with { Done = Done + 1 };
        return item.Result switch
        {
            PaymentResult.Rejected => next with { Refused = Refused + 1 },
            { IsReplay: true } => next with { Repeated = Repeated + 1 },
            PaymentResult.Succeeded paid => next with { Charged = Charged + 1, Collected = Plus(paid.Operation!.Moved ?? paid.Operation.Amount) },
            PaymentResult.Declined or PaymentResult.Failed => next with { InVain = InVain + 1 },
            _ => next with { UnderWay = UnderWay + 1 },
        };
    }

    private IReadOnlyList<Money> Plus(Money moved) => Collected.Any(m => m.Currency == moved.Currency)
        ? [.. Collected.Select(m => m.Currency == moved.Currency ? m + moved : m)]
        : [.. Collected, moved];
}
