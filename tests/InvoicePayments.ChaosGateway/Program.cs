using System.Globalization;
using InvoicePayments.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

// A gateway over HTTP. It recognises every reference for good and answers it as it did the first time, as its profile says, and its ledger
// outlives it. On the way requests and answers get lost or take too long.
//   InvoicePayments.ChaosGateway <ledger file> <port> <faults per hundred requests> <longest latency in milliseconds>
var (path, port, faults, latency) = (args[0], Number(args[1]), Number(args[2]), Number(args[3]));
using var book = new Ledger(path);
var trouble = new Trouble(faults, TimeSpan.FromMilliseconds(latency));

var builder = WebApplication.CreateEmptyBuilder(new());
builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.Run(new Door(book, trouble).MeetAsync);
await app.StartAsync();
Console.WriteLine("ready");

// Whoever started it holds the other end of this pipe.
await Console.In.ReadToEndAsync();
await app.StopAsync(new CancellationToken(canceled: true));
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
