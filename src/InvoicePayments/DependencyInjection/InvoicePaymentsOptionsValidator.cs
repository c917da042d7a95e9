using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InvoicePayments;

/// <summary>Finds what is missing or out of range before anything is paid: at the host's start, or when the service is first asked for.</summary>
internal sealed class InvoicePaymentsOptionsValidator(IServiceProvider services, IServiceProviderIsService isService) : IValidateOptions<InvoicePaymentsOptions>
{
    public ValidateOptionsResult Validate(string? name, InvoicePaymentsOptions options)
    {
        string[] problems = [.. Missing(options), .. PolicyProblems(options.Policy), .. GatewayProblems(options), .. options.Outbox.Problems()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Missing(InvoicePaymentsOptions options)
    {
        if (!isService.IsService(typeof(IInvoicePaymentStore))) yield return "No payment store: call UseSqlite(\"Data Source=…\") or UseStore<T>().";
        if (!options.OfflineOnly && !services.GetServices<GatewayRegistration>().Any())
            yield return "No payment gateway: call UseGateway<T>(name), or set OfflineOnly when payments are only recorded by hand.";
        if (options.ConflictLimit is < 1 or > 10_000) yield return $"ConflictLimit is between 1 and 10,000, not {options.ConflictLimit}.";
    }

    private static IEnumerable<string> PolicyProblems(PaymentPolicy? policy)
    {
        if (policy is null)
        {
            yield return "Policy is null: leave it alone for PaymentPolicy.Default.";
            yield break;
        }

        if (policy.RecoverySchedule is not { Count: > 0 } || policy.RecoverySchedule.Any(wait => wait <= TimeSpan.Zero))
            yield return "Policy.RecoverySchedule has at least one wait, and each is longer than zero.";
        if (policy.ActionDeadline <= TimeSpan.Zero) yield return $"Policy.ActionDeadline is longer than zero, not {policy.ActionDeadline}.";
        if (policy.PaymentLinkLifetime <= TimeSpan.Zero) yield return $"Policy.PaymentLinkLifetime is longer than zero, not {policy.PaymentLinkLifetime}.";
        if (policy.ClockTolerance < TimeSpan.Zero || policy.ClockTolerance > TimeSpan.FromHours(1))
            yield return $"Policy.ClockTolerance is between zero and an hour, not {policy.ClockTolerance}.";
        if (policy.ResumeWithin < TimeSpan.Zero) yield return $"Policy.ResumeWithin is not below zero, not {policy.ResumeWithin}.";
        if (policy.DuplicateWindow < TimeSpan.Zero) yield return $"Policy.DuplicateWindow is not below zero, not {policy.DuplicateWindow}.";
        if (policy.Dunning is not { RetrySchedule: { Count: <= DunningPolicy.MaxRetries } waits } || waits.Any(wait => wait <= TimeSpan.Zero))
            yield return $"Policy.Dunning.RetrySchedule has at most {DunningPolicy.MaxRetries} waits, and each is longer than zero.";
        else if (policy.Dunning.SoftAdvice is null || policy.Dunning.GiveUpAfter < TimeSpan.Zero)
            yield return "Policy.Dunning.SoftAdvice is a list, and Policy.Dunning.GiveUpAfter is not below zero.";
        if (!Enum.IsDefined(policy.PendingPayments)) yield return $"Policy.PendingPayments has no value {policy.PendingPayments}.";
        if (!Enum.IsDefined(policy.KeyScope)) yield return $"Policy.KeyScope has no value {policy.KeyScope}.";
    }

    private IEnumerable<string> GatewayProblems(InvoicePaymentsOptions options) =>
        options.Gateway.Problems("Gateway").Concat(services.GetServices<GatewayRegistration>()
            .SelectMany(r => GatewayCatalog.OptionsOf(r, options.Gateway).Problems($"Gateway {r.Name}"))).Distinct();
}
