using BenchmarkDotNet.Attributes;

namespace InvoicePayments.Benchmarks;

/// <summary>What it takes to decide a payment that is all there in memory: a new key, and one that was used before.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private static readonly DecisionContext Context = new(PaymentPolicy.Default, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new Dictionary<GatewayName, GatewayTerms>());

    private readonly RecordOfflinePayment _new = Pay("new");
    private readonly RecordOfflinePayment _known = Pay("known");
    private InvoiceState _state = InvoiceState.Empty;
    private InvoiceState _stateThatKnows = InvoiceState.Empty;

    /// <summary>An open invoice, and the same one with a payment on it.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var issued = new IssueInvoice { InvoiceId = new("inv_1"), Account = new("acc_1"), Total = Money.FromMinorUnits(1_000_000, Currency.EUR) };
        var invoice = ((Decision<InvoiceResult>.Answer)issued.Decide(InvoiceState.Empty, Context)).Changes!.Invoices[0];
        _state = new() { Invoices = [invoice] };
        var changes = ((Decision<PaymentResult>.Answer)_known.Decide(_state, Context)).Changes!;
        _stateThatKnows = new() { Invoices = changes.Invoices, Operations = [changes.Operations[0].Operation], Payments = changes.Payments };
    }

    /// <summary>A payment that is recorded.</summary>
    [Benchmark]
    public Decision<PaymentResult> ANewKey() => _new.Decide(_state, Context);

    /// <summary>The same answer again.</summary>
    [Benchmark]
    public Decision<PaymentResult> AKnownKey() => _known.Decide(_stateThatKnows, Context);

    /// <summary>What has to be loaded: the operation's id is derived from the key.</summary>
    [Benchmark]
    public LoadRequest WhatToLoad() => _new.WhatToLoad(PaymentPolicy.Default);

    private static RecordOfflinePayment Pay(string key) =>
        new() { InvoiceId = new("inv_1"), Key = key, Amount = Money.FromMinorUnits(1, Currency.EUR), Method = OfflineMethod.Cash };
}
