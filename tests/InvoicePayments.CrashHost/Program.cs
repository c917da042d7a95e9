using System.Diagnostics;
using System.Globalization;
using InvoicePayments;
using InvoicePayments.Tests;
using Microsoft.Extensions.DependencyInjection;

// A host over a folder that does one command for the invoices 1 to <count>, and is killed at a crash point on the way.
//   InvoicePayments.CrashHost <folder> <pay|refund|work|recover> <count> <die at, or 0> <story of the first request> <minutes later>
// It says "ready", then "dies at <point>" and is gone, or "passed <points>" and ends with 0.
var (folder, command, count) = (args[0], args[1], Number(args[2]));
var points = new CrashPoints(Number(args[3]), Die);
var story = Enum.Parse<Story>(args[4]);
var clock = new LaterClock(TimeSpan.FromMinutes(Number(args[5])));

await using var provider = CrashFolder.Open(folder, points, clock);
var service = provider.GetRequiredService<IInvoicePaymentService>();
if (story != Story.Answers) provider.GetRequiredService<ScriptedGateway>().Next(new CrashCase(Verb.Pay, story).Behaviour);
Console.WriteLine("ready");

await CrashFolder.RunAsync(service, command, count, clock);
Console.WriteLine("passed " + string.Join(' ', points.Passed));
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// Nothing is flushed, closed or rolled back: the system takes the process away.
static void Die(string point)
{
    Console.WriteLine("dies at " + point);
    Process.GetCurrentProcess().Kill();
    Thread.Sleep(Timeout.Infinite);
}
