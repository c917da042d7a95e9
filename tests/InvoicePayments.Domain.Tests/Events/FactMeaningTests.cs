namespace InvoicePayments.Tests;

/// <summary>
/// Stored facts hold the hash of the one before: were a fact written another way, every chain that is stored would look tampered with.
/// </summary>
public sealed class FactMeaningTests
{
    [Fact]
    public void WhatAFactSaysIsWrittenTheSameWayForEver_WithEveryFieldAndWithNone()
    {
        var bare = FactSamples.All.Select(Bare).ToList();

        Assert.Equal("addd 7c3b 1762 3925 3fa1 c78f a0ea 6a37 2c16 dc06 fbdf 15cd 6faa adf6 3b8d a992 70d7 35ea 1b6b 5f61 27e8 d9a0 6ebc c559", All(FactSamples.All));
        Assert.Equal("addd 1eb8 1762 75ab 6689 cbb6 e4ee b263 0515 844e b6ee 3017 f8fe d237 07f0 a992 70d7 ebd5 1b6b 6dcc 0770 c051 23b8 16e9", All(bare));
        Assert.Equal("2570 965a e195 ea16 347d", string.Join(' ', FactSamples.OfCredit.Append(((CreditEvent.Spent)FactSamples.OfCredit[2]) with { Missing = null }).Select(f => FactChain.HashOf(f).Value[..4])));
    }

    // As they are written where nobody said more than has to be.
    private static InvoiceEvent Bare(InvoiceEvent fact) => (fact is InvoiceEvent.OperationEvent about ? about with { Created = null, Gateway = null } : fact) switch
    {
        InvoiceEvent.Issued issued => issued with { DueAt = null, Payable = PayableKind.Invoice, InstalmentOf = null },
        InvoiceEvent.Voided voided => voided with { Reason = null },
        InvoiceEvent.MarkedUncollectible lost => lost with { Reason = null },
        InvoiceEvent.DunningStopped stopped => stopped with { Reason = null },
        InvoiceEvent.ActionRequired action => action with { RedirectUrl = null, Until = null },
        InvoiceEvent.Authorized blocked => blocked with { ExpiresAt = null },
        InvoiceEvent.Progressed progressed => progressed with { Why = null },
        InvoiceEvent.Succeeded moved => moved with { GatewayPaymentId = null, OfflineMethod = null, DueAgain = false },
        InvoiceEvent.Ended ended => ended with { Decline = null, Why = null },
        InvoiceEvent.LateAnswer late => late with { DueAgain = false, Released = null },
        InvoiceEvent.SettledByHand settled => settled with { Happened = false },
        InvoiceEvent.DisputeOpened opened => opened with { Reason = null, RespondBy = null },
        InvoiceEvent.DisputeLost taken => taken with { Released = Money.Zero(Currency.EUR) },
        var other => other,
    };

    private static string All(IEnumerable<InvoiceEvent> facts) => string.Join(' ', facts.Select(f => FactChain.HashOf(f).Value[..4]));
}
