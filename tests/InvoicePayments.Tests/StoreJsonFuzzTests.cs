using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using static InvoicePayments.Tests.Refusals;

namespace InvoicePayments.Tests;

/// <summary>A body that a store gives back damaged is either read to something that can be kept again, or refused as bad JSON.</summary>
public sealed class StoreJsonFuzzTests
{
    private static readonly StoreSamples Rows = new() { Tenant = new("fuzz") };
    private static readonly ChangeSet Full = StoreFullSamples.Of(Rows);

    [Fact]
    public Task AnInvoiceIsReadBackOrRefused() => Fuzz(StoreJson.Default.Invoice, [.. Full.Invoices, Rows.Invoice()]);

    [Fact]
    public Task AnOperationIsReadBackOrRefused() =>
        Fuzz(StoreJson.Default.PaymentOperation, [Full.Operations[0].Operation, Rows.Operation(new("op1"))]);

    [Fact]
    public Task APaymentIsReadBackOrRefused() => Fuzz(StoreJson.Default.Payment, [.. Full.Payments]);

    [Fact]
    public Task ACommandIsReadBackOrRefused() =>
        Fuzz(StoreJson.Default.GatewayCommand, [Full.Operations[0].Command!, Refund(Full.Operations[0].Operation)]);

    [Fact]
    public Task AnOutcomeIsReadBackOrRefused()
    {
        GatewayPaymentId id = new("ch_1");
        OperationError why = new("timeout", "No answer.");
        return Fuzz<GatewayOutcome>(
            StoreJson.Default.GatewayOutcome,
            [
                new GatewayOutcome.Succeeded(id, StoreSamples.Euro(1), PartiallyApproved: true),
                new GatewayOutcome.Authorized(id, StoreSamples.Euro(1)),
                new GatewayOutcome.ActionRequired(id, new PendingAction.Redirect(new("https://bank.example/1")), StoreSamples.Noon),
                new GatewayOutcome.ActionRequired(id, new PendingAction.ClientSecret(new(Secret))),
                new GatewayOutcome.Processing(id, TimeSpan.FromDays(1)),
                new GatewayOutcome.Declined(new(DeclineKind.Suspected, RetryAdvice.Never, "05", "No."), id),
                new GatewayOutcome.Refused(why),
                new GatewayOutcome.NotSent(why), new GatewayOutcome.Canceled(), new GatewayOutcome.Expired(id),
                new GatewayOutcome.Unknown(why),
            ]);
    }

    [Fact]
    public Task CreditAndItsFactsAreReadBackOrRefused() => Task.WhenAll(
        Fuzz(StoreJson.Default.AccountCredit, [Rows.Credit()]), Fuzz(StoreJson.Default.CreditEvent, [Rows.CreditFact(1)]));

    [Fact]
    public Task AFactIsReadBackOrRefused()
    {
        var of = Full.Operations[0].Operation;
        InvoiceEvent[] facts =
        [
            new InvoiceEvent.Drafted(Rows.Account, StoreSamples.Euro(1)),
            new InvoiceEvent.Issued(Rows.Account, StoreSamples.Euro(1), StoreSamples.Noon),
            new InvoiceEvent.Paid(), new InvoiceEvent.Voided("Typo"), new InvoiceEvent.MarkedUncollectible(null),
            About(new InvoiceEvent.AskedAgain(2)),
            About(new InvoiceEvent.Started(StoreSamples.Euro(1)) { Gateway = StoreSamples.Gateway }),
            About(new InvoiceEvent.ActionRequired(new("https://a.example"), null)),
            About(new InvoiceEvent.Progressed(OperationStatus.Unknown, new("timeout", "No answer."))),
            About(new InvoiceEvent.Succeeded(StoreSamples.Euro(1), StoreSamples.Euro(2), new("ch_1"), OfflineMethod.Cash, true)),
            About(new InvoiceEvent.Ended(OperationStatus.Declined, StoreSamples.Euro(1), of.Decline, of.Error)),
            About(new InvoiceEvent.LateAnswer(of.Id, StoreSamples.Euro(1), new("ch_1"), true)),
            About(new InvoiceEvent.SettledByHand(true, "grace", "Seen.")),
            About(new InvoiceEvent.DiscrepancySeen(StoreSamples.Euro(1), StoreSamples.Euro(2), new("ch_1"))),
        ];
        return Fuzz(StoreJson.Default.InvoiceEvent,
            [.. facts.Select(f => f with { Tenant = Rows.Tenant, Invoice = new("inv_1"), Sequence = 1, At = StoreSamples.Noon })]);

        T About<T>(T fact)
            where T : InvoiceEvent.OperationEvent => fact with { Operation = of.Id, Payment = of.Payment, Kind = of.Kind };
    }

    private static Task Fuzz<T>(JsonTypeInfo<T> type, IReadOnlyList<T> samples)
        where T : class
    {
        var bodies = samples.Select(sample => JsonSerializer.Serialize(sample, type)).ToList();
        return Fuzzer.Bytes($"StoreJson {typeof(T).Name}", bodies, body => Read(body, type), JsonReshaper.Change);
    }

    private static string Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        T value;
        try
        {
            value = Json.Read(body, type);
        }
        catch (JsonException refused)
        {
            Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
            return Where(body, type);
        }

        try
        {
            var kept = JsonSerializer.Serialize(value, type);
            Assert.Equal(kept, JsonSerializer.Serialize(Json.Read(Encoding.UTF8.GetBytes(kept), type), type));
            return value.GetType().Name;
        }
        catch (InvalidOperationException hole) when (hole.Message.StartsWith("This is default(", StringComparison.Ordinal))
        {
            return Kind(hole.Message); // A field was lost that has no value of its own: it can be read and not be kept again.
        }
    }

    // The place and the kind of the damage as the parser sees it: it leads the fuzzer on, and nobody else hears of it.
    private static string Where<T>(byte[] body, JsonTypeInfo<T> type)
    {
        var found = Record.Exception(() => JsonSerializer.Deserialize(body, type));
        return $"{found?.GetType().Name} {Kind(found?.Message ?? "")} {Kind((found as JsonException)?.Path ?? "")}";
    }

    private static GatewayCommand.Refund Refund(PaymentOperation operation) => new()
    {
        Tenant = operation.Tenant, Gateway = StoreSamples.Gateway, Reference = operation.Reference, Amount = operation.Amount,
        Of = new("ch_1"),
        Reason = "Broken",
    };
}
