using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace InvoicePayments.Benchmarks;

/// <summary>
/// What a competent team writes: pooled contexts, a table of keys that is claimed by an insert, a version column as concurrency token, an outbox row in
/// the same transaction, up to five tries on conflict.
/// </summary>
internal sealed class EfContender : Contender
{
    internal const string Schema = "by_hand";
    private const int Tries = 5;

    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<EfModel> _contexts;
    private long _refused;

    internal EfContender(NpgsqlDataSource source)
        : base("EF Core service by hand")
    {
        _source = source;
        _contexts = new(new DbContextOptionsBuilder<EfModel>().UseNpgsql(source).Options, poolSize: 1024);
    }

    internal override long Refused => Interlocked.Read(ref _refused);

    internal override Task BeginAsync(int invoices) => LimitTables.MakeAsync(_source, Schema, invoices);

    internal override Task PayOfflineAsync(int invoice, string key) => TryAsync(async context =>
    {
        var (id, paymentId, fingerprint) = LimitTables.Derive(invoice, key);
        if (await context.Keys.FindAsync((long)(invoice / 10), id) is { } known) return known.Fingerprint.AsSpan().SequenceEqual(fingerprint);

        var found = await context.Invoices.SingleAsync(i => i.Id == invoice);
        if (found.Status is not (1 or 2) || found.Paid + found.Reserved + 1 > found.Total) return false;
        found.Paid++;
        Finish(context, found, paymentId);
        context.Keys.Add(NewKey(invoice, id, paymentId, fingerprint, state: 2));
        context.Payments.Add(NewPayment(invoice, paymentId, state: 1));
        await context.SaveChangesAsync();
        return true;
    });

    internal override async Task PayOnlineAsync(int invoice, string key, TimeSpan gateway)
    {
        var (id, paymentId, fingerprint) = LimitTables.Derive(invoice, key);
        var isReserved = await TryAsync(async context =>
        {
            if (await context.Keys.FindAsync((long)(invoice / 10), id) is { } known) return known.Fingerprint.AsSpan().SequenceEqual(fingerprint);

            var found = await context.Invoices.SingleAsync(i => i.Id == invoice);
            if (found.Status is not (1 or 2) || found.Paid + found.Reserved + 1 > found.Total) return false;
            found.Reserved++;
            found.Version++;
            context.Keys.Add(NewKey(invoice, id, paymentId, fingerprint, state: 1));
            context.Payments.Add(NewPayment(invoice, paymentId, state: 0));
            await context.SaveChangesAsync();
            return true;
        });
        if (!isReserved) return;

        if (gateway > TimeSpan.Zero) await Task.Delay(gateway);
        await TryAsync(async context =>
        {
            var payment = await context.Payments.SingleAsync(p => p.Id == paymentId);
            var found = await context.Invoices.SingleAsync(i => i.Id == invoice);
            var known = await context.Keys.SingleAsync(k => k.AccountId == invoice / 10 && k.Key == id);
            (payment.State, payment.GatewayRef, payment.UpdatedAt) = (1, "ch_1", DateTime.UtcNow);
            (known.State, known.Response) = (2, """{"status":"succeeded"}""");
            found.Paid++;
            found.Reserved--;
            Finish(context, found, paymentId);
            await context.SaveChangesAsync();
            return true;
        });
    }

    private async Task<bool> TryAsync(Func<EfModel, Task<bool>> pay)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            try
            {
                await using var context = await _contexts.CreateDbContextAsync();
                if (await pay(context)) return true;
                break;
            }
            catch (DbUpdateException)
            {
                // Somebody else was first: again, from what is there now.
            }
        }

        Interlocked.Increment(ref _refused);
        return false;
    }

    private static void Finish(EfModel context, EfInvoice invoice, Guid payment)
    {
        invoice.Version++;
        invoice.Status = (short)(invoice.Paid == invoice.Total ? 3 : 2);
        context.Outbox.Add(new() { Topic = 1, Payload = $$"""{"payment":"{{payment}}","invoice":{{invoice.Id}},"amount":1}""", CreatedAt = DateTime.UtcNow });
    }

    private static EfKey NewKey(int invoice, Guid id, Guid payment, byte[] fingerprint, short state) => new()
    {
        AccountId = invoice / 10, Key = id, Fingerprint = fingerprint, State = state, PaymentId = payment, CreatedAt = DateTime.UtcNow,
        Response = state == 2 ? """{"status":"succeeded"}""" : null,
    };

    private static EfPayment NewPayment(int invoice, Guid id, short state) => new() { Id = id, InvoiceId = invoice, Amount = 1, State = state, CreatedAt = DateTime.UtcNow };
}
