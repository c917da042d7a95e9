using System.Diagnostics;
using StripeDouble;

// Starts the double, and with words after it a program that pays there:
//   dotnet run --project tests/InvoicePayments.StripeDouble -- dotnet run --project samples/QuickStart -- --gateway stripe
// The program finds where to pay in STRIPE_API_BASE, with what key in STRIPE_API_KEY, and where and with what secret its webhooks arrive in
// STRIPE_WEBHOOK_URL and STRIPE_WEBHOOK_SECRET. Without words the double runs until Ctrl-C.
var port = int.TryParse(Environment.GetEnvironmentVariable("STRIPE_DOUBLE_PORT"), out var wanted) ? wanted : 0;
await using var server = await DoubleServer.StartAsync(ApiDescription.Load(Environment.GetEnvironmentVariable("STRIPE_DOUBLE_DATA")), port: port);
var (secret, webhooks) = ("whsec_double", Environment.GetEnvironmentVariable("STRIPE_WEBHOOK_URL") ?? $"http://127.0.0.1:{FreePort()}/");
using var sender = new WebhookSender(new(webhooks), secret);
server.World.Happened = sender.Enqueue;
Console.Error.WriteLine($"The double of Stripe is at {server.Address}, and sends webhooks to {webhooks}.");
if (args.Length == 0)
{
    Console.Error.WriteLine($"It takes the key {server.ApiKey}, and signs with {secret}.");
    await Task.Delay(Timeout.Infinite);
    return 0;
}

var start = new ProcessStartInfo(args[0], args[1..]);
start.Environment["STRIPE_API_BASE"] = server.Address.AbsoluteUri;
start.Environment["STRIPE_API_KEY"] = server.ApiKey;
start.Environment["STRIPE_WEBHOOK_URL"] = webhooks;
start.Environment["STRIPE_WEBHOOK_SECRET"] = secret;
using var program = Process.Start(start)!;
await program.WaitForExitAsync();
var totals = server.World.Movements.GroupBy(m => (m.Kind, m.Currency)).Select(g => $"{g.Key.Kind} {g.Sum(m => m.Amount)} {g.Key.Currency}");
Console.Error.WriteLine($"The double has moved, in Stripe's units: {string.Join(", ", totals)}. It sent {sender.Delivered} webhooks.");
return program.ExitCode;

static int FreePort()
{
    using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
    listener.Start();
    return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
}
