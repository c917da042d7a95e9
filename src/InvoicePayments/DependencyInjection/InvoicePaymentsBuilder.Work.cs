using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace InvoicePayments;

/// <content>The work beside requests.</content>
public sealed partial class InvoicePaymentsBuilder
{
    /// <summary>
    /// Has this host do the work beside requests for as long as it runs: recovery, delivery, purging, and collecting for the tenants that are
    /// named. Any number of hosts may do so side by side. Calling it twice is harmless. A host without it calls
    /// <see cref="IBackgroundWork.RunOnceAsync"/> from a timer of its own.
    /// </summary>
    /// <param name="configure">Changes the options.</param>
    public InvoicePaymentsBuilder UseBackgroundWork(Action<BackgroundWorkOptions>? configure = null)
    {
        if (configure is not null) Services.Configure(configure);
        Services.AddOptions<BackgroundWorkOptions>().ValidateOnStart();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackgroundWorkService>());
        return this;
    }
}
