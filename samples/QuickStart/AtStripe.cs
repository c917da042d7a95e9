using InvoicePayments;
using Microsoft.Extensions.DependencyInjection;

namespace QuickStart;

/// <summary>The same invoices at Stripe: one paid, one declined, one behind 3-D Secure, and a part given back. Where Stripe is, and with what key, comes from the environment.</summary>
internal static class AtStripe
{
    private static readonly GatewayName Stripe = new("stripe");

    public static async Task<int> RunAsync(Invoices invoices, string? folder)
    {
        var screen = Screen.Open();
        if (Variable("STRIPE_API_KEY") is not { } key)
        {
            screen.Stop("Set STRIPE_API_KEY to a test key of yours, or let the double start this: see docs/gateways/stripe.md.");
            return 2;
        }

        var address = new Uri(Variable("STRIPE_API_BASE") ?? "https://api.stripe.com/");
        folder = Path.GetFullPath(folder ?? Path.Combine(invoices.DefaultFolder, $"{address.Host}-{address.Port}"));
        Directory.CreateDirectory(folder);

        var services = new ServiceCollection();
        services.AddInvoicePayments()
            .UseSqlite($"Data Source={Path.Combine(folder, "invoices.db")}")
            .UseStripe(stripe =>
            {
                (stripe.ApiKey, stripe.BaseAddress) = (key, address);
                if (Variable("STRIPE_WEBHOOK_SECRET") is { } secret) stripe.WebhookSecrets.Add(secret);
            });
        await using var provider = services.BuildServiceProvider();
        var payments = provider.GetRequiredService<IInvoicePaymentService>();
        await using var webhooks = WebhookEndpoint.Open(Variable("STRIPE_WEBHOOK_URL"), payments, Stripe);

        screen.Title($"InvoicePayments at {address.Host}", folder);
        foreach (var written in invoices.All.Where(i => i.VoidedBecause is null)) await payments.IssueAsync(written.ToCommand());
        return await TellAsync(payments, webhooks, screen, invoices) ? 0 : 1;
    }

    private static async Task<bool> TellAsync(IInvoicePaymentService payments, WebhookEndpoint? webhooks, Screen screen, Invoices invoices)
    {
        screen.Step("Paid in full", "INV-1001");
        var paid = await PayAsync(payments, screen, "INV-1001", "pm_card_visa");
        screen.Step("The same key again", "INV-1001");
        await PayAsync(payments, screen, "INV-1001", "pm_card_visa");
        screen.Step("The bank says no", "INV-1004");
        await PayAsync(payments, screen, "INV-1004", "pm_card_visa_chargeDeclinedInsufficientFunds");

        screen.Step("3-D Secure", "INV-1005");
        var secured = await PayAsync(payments, screen, "INV-1005", "pm_card_threeDSecure2Required");
        if (secured is PaymentResult.ActionRequired { Action: PendingAction.Redirect redirect, Operation: { } operation })
        {
            await Payer.PassAsync(redirect.Url, screen);
            screen.Note(webhooks is null ? "There is no address for webhooks, so Stripe is asked." : "Stripe sends a webhook.");
            secured = await ChallengeEndAsync(payments, webhooks, operation.Id);
            screen.Answer(secured);
        }

        screen.Step("A part is given back", "INV-1001");
        if (paid.Payment is { } payment) screen.Answer(await payments.RefundAsync(new() { PaymentId = payment.Id, Key = "INV-1001-refund", Amount = Money.Parse("EUR 190.00") }));

        var standing = new List<Invoice>();
        foreach (var id in invoices.All.Where(i => i.VoidedBecause is null).Select(i => i.Id)) standing.Add((await payments.GetInvoiceAsync(id))!);
        screen.Standing(standing);
        if (webhooks is not null) screen.Note($"{webhooks.Taken} webhooks were proved to be Stripe's own and taken in.");
        return paid is PaymentResult.Succeeded && secured is PaymentResult.Succeeded;
    }

    private static async Task<PaymentResult> PayAsync(IInvoicePaymentService payments, Screen screen, string invoice, string token)
    {
        var answer = await payments.PayAsync(new()
        {
            InvoiceId = new(invoice), Key = $"{invoice}-pay", Gateway = Stripe, Token = new(token), ReturnUrl = new("https://shop.example/back"),
        });
        screen.Answer(answer);
        return answer;
    }

    // With webhooks it is looked at, not asked for: what it became, the webhook alone has told.
    private static async Task<PaymentResult> ChallengeEndAsync(IInvoicePaymentService payments, WebhookEndpoint? webhooks, OperationId operation)
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(5);
        while (true)
        {
            var now = webhooks is null
                ? await payments.ResumeAsync(new() { Operation = operation })
                : webhooks.LastOf(operation) ?? await Later(payments, operation, until);
            if (now is not PaymentResult.ActionRequired || DateTimeOffset.UtcNow > until) return now;
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<PaymentResult> Later(IInvoicePaymentService payments, OperationId operation, DateTimeOffset until) =>
        DateTimeOffset.UtcNow > until
            ? await payments.ResumeAsync(new() { Operation = operation })
            : new PaymentResult.ActionRequired(new PendingAction.Redirect(new("https://shop.example/back")), until);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
