using InvoicePayments;
using InvoicePayments.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A worker: serves clients over the books that it shares with others, and does the work beside requests. It goes on until its input ends or
// somebody takes it away.
//   InvoicePayments.ChaosWorker <folder> <name of its logs> <flaw>
var settings = ChaosSettings.Load(args[0]);
var flaw = Enum.Parse<Flaw>(args[2]);
await using var provider = ChaosHost.Open(settings, args[1], flaw);
using var worker = new Worker(provider.GetRequiredService<IInvoicePaymentService>(), settings, args[1], flaw);
var beside = provider.GetServices<IHostedService>().ToArray();
foreach (var service in beside) await service.StartAsync(CancellationToken.None);
using var stop = new CancellationTokenSource();
var work = worker.RunAsync(stop.Token);
Console.WriteLine("ready");

var told = Console.In.ReadToEndAsync();
if (await Task.WhenAny(told, work) == told) await stop.CancelAsync();
await work;
foreach (var service in beside) await service.StopAsync(CancellationToken.None);
return 0;
