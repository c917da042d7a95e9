namespace InvoicePayments;

/// <content>What collections want: runs that several hosts may start at once, and dunning that is stopped and goes on.</content>
internal sealed partial class Workload
{
    private static readonly TimeSpan[] UntilTheNextRun = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(26), TimeSpan.FromDays(3)];

    // Who collects does so again: by the same name or another, and soon or days later.
    private Client Collect()
    {
        if (world.DueInvoices is null) return Recover();
        var (tenant, _, _) = AnyInvoice();
        if (Tape.Next(3) > 0) world.Queue.Add(UntilTheNextRun[Tape.Next(3)], null, () => Collect(tenant).Ask());
        return Collect(tenant);
    }

    private Client Collect(TenantId tenant)
    {
        var run = new CollectionRun
        {
            Id = new($"run{Tape.Next(3)}"), Tenant = tenant, Parallelism = 1 + Tape.Next(2), PageSize = 1 + Tape.Next(2),
            DueBy = Tape.Next(3) == 2 ? new DateTimeOffset(world.Queue.Now, TimeSpan.Zero).AddDays(3) : null,
        };
        Client? client = null;
        client = new(world, $"collect what is due of {tenant} in {run.Id}", async service =>
        {
            var items = new List<CollectionItem>();
            await foreach (var item in service.CollectAsync(run).ConfigureAwait(false))
            {
                items.Add(item);
                world.Books.Answered(client!, item.Result);
            }

            return items;
        }, tenant, operation: null, insists: false) { Collects = true };
        return client;
    }

    private Client StopDunning()
    {
        var (tenant, invoice, _) = AnyInvoice();
        return Ask($"stop dunning {tenant}/{invoice}", s => s.StopDunningAsync(new() { Tenant = tenant, InvoiceId = invoice }), tenant);
    }

    private Client ResumeDunning()
    {
        var (tenant, invoice, _) = AnyInvoice();
        return Ask($"dun {tenant}/{invoice} again", s => s.ResumeDunningAsync(new() { Tenant = tenant, InvoiceId = invoice }), tenant);
    }
}
