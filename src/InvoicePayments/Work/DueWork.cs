using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InvoicePayments;

/// <summary>All the work beside requests that this host can do, as its options and its store say.</summary>
internal sealed class DueWork(IServiceScopeFactory scopes, IServiceProviderIsService isService, IOptions<BackgroundWorkOptions> options, PaymentRuntime runtime)
    : IBackgroundWork
{
    /// <summary>The kinds of work: what the store has no list for, and what nobody takes, is left out.</summary>
    internal IReadOnlyList<Chore> Chores { get; } =
    [
        .. If(isService.IsService(typeof(IDueOperations)), Chore.Recover(options.Value)),
        .. If(isService.IsService(typeof(IDueInvoices)) && options.Value.CollectFor.Count > 0, Chore.Collect(options.Value)),
        .. If(isService.IsService(typeof(IOutbox)) && isService.IsService(typeof(IEventPublisher)), Chore.Deliver(options.Value)),
        .. If(isService.IsService(typeof(IRetention)), Chore.Purge(options.Value)),
    ];

    internal BackgroundWorkOptions Options => options.Value;

    internal TimeProvider Time => runtime.Time;

    internal PaymentTelemetry Telemetry => runtime.Telemetry;

    public async Task<WorkReport> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var results = new List<WorkResult>(Chores.Count);
        foreach (var chore in Chores)
        {
            try
            {
                results.Add(new(chore.Kind, (await RunAsync(chore, cancellationToken).ConfigureAwait(false)).Items, null));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                var (items, why) = failure is WorkFailure some ? (some.Items, some.InnerException!) : (0, failure);
                Telemetry.WorkFailed(chore.Word, why, TimeSpan.Zero);
                results.Add(new(chore.Kind, items, why));
            }
        }

        return new(results);
    }

    /// <summary>One round in a scope of its own, so that the store may be one of a host's own unit of work.</summary>
    internal async Task<Round> RunAsync(Chore chore, CancellationToken stopping)
    {
        using var watch = Telemetry.Working(chore.Word);
        var scope = scopes.CreateAsyncScope();
        await using var end = scope.ConfigureAwait(false);
        try
        {
            var round = await chore.RunAsync(scope.ServiceProvider.GetRequiredService<IInvoicePaymentService>(), stopping).ConfigureAwait(false);
            Telemetry.Worked(chore.Word, round.Items);
            watch.Answered("done");
            return round;
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            watch.Answered("failed");
            throw;
        }
    }

    private static IEnumerable<Chore> If(bool isSo, Chore chore) => isSo ? [chore] : [];
}
