namespace InvoicePayments;

/// <content>One payment over several invoices, and instalments, which are paid by themselves and settle the whole they belong to.</content>
internal sealed partial class Workload
{
    private static readonly string[] SeveralWays = ["", ", credit first", ", to be captured", " in cash", ", by a link"];

    private readonly List<RequestPayment> _instalments = [];

    private Client PaySeveral()
    {
        var (tenant, _, first) = AnyInvoice();
        var others = _issued.Where(i => i.Tenant == tenant && i != first).ToList();
        if (others.Count == 0) return PayInstalment();
        var second = others[Tape.Next(others.Count)];
        PaymentSpread spread = Tape.Next(3) switch
        {
            0 => new PaymentSpread.OldestFirst(first.InvoiceId, second.InvoiceId),
            1 => new PaymentSpread.Proportional(first.InvoiceId, second.InvoiceId),
            _ => new PaymentSpread.AsTold(new([Told(first), Told(second)])),
        };
        var (key, amount, way) = (Key(), spread is PaymentSpread.AsTold ? null : Part(), Tape.Next(SeveralWays.Length));
        var words = $"pay {amount?.ToString() ?? "all"} of {tenant}/{first.InvoiceId} and {second.InvoiceId}, {spread.GetType().Name}, with {key}{SeveralWays[way]}";
        if (way == 3)
        {
            var cash = new RecordOfflinePayment { Tenant = tenant, Several = spread, Key = key, Amount = amount, Method = OfflineMethod.Cash };
            return Ask(words, s => s.RecordOfflinePaymentAsync(cash), tenant, OperationOf(tenant, null, key));
        }

        var pay = new PayInvoice { Tenant = tenant, Several = spread, Key = key, Amount = amount, ApplyBalance = way == 1, CaptureLater = way == 2, LinkAt = way == 4 ? Gateway : null };
        return Ask(words, s => s.PayAsync(pay), tenant, OperationOf(tenant, null, key));
    }

    private AllocationPart Told(IssueInvoice issued) =>
        new(issued.InvoiceId, Money.Min(issued.Total, Money.FromMinorUnits(1 + Tape.Next(400), Currency.EUR)));

    private Client PayInstalment()
    {
        if (_instalments.Count == 0) return RequestInstalment();
        var instalment = _instalments[Tape.Next(_instalments.Count)];
        var (tenant, id, key, amount, way) = (instalment.Tenant, instalment.PaymentRequestId, Key(), Part(), Tape.Next(SeveralWays.Length));
        var words = $"pay {amount?.ToString() ?? "all"} of the instalment {tenant}/{id} with {key}{SeveralWays[way]}";
        if (way == 3)
        {
            var cash = new RecordOfflinePayment { Tenant = tenant, PaymentRequestId = id, Key = key, Amount = amount, Method = OfflineMethod.Cash };
            return Ask(words, s => s.RecordOfflinePaymentAsync(cash), tenant, OperationOf(tenant, null, key));
        }

        var pay = new PayInvoice { Tenant = tenant, PaymentRequestId = id, Key = key, Amount = amount, ApplyBalance = way == 1, CaptureLater = way == 2, LinkAt = way == 4 ? Gateway : null };
        return Ask(words, s => s.PayAsync(pay), tenant, OperationOf(tenant, null, key));
    }

    private Client RequestInstalment()
    {
        var (tenant, invoice, issued) = AnyInvoice();
        var request = new RequestPayment
        {
            Tenant = tenant, PaymentRequestId = new($"part_{_instalments.Count + 1}"), InvoiceId = invoice,
            Amount = Money.Min(issued.Total, Part() ?? Money.FromMinorUnits(600, Currency.EUR)),
        };
        _instalments.Add(request);
        world.Invoices.Add((tenant, request.PaymentRequestId));
        return Ask($"ask for {request.Amount} of {tenant}/{invoice} as the instalment {request.PaymentRequestId}", s => s.RequestPaymentAsync(request), tenant);
    }
}
