using System.Diagnostics;
using CrashAndRecovery;
using InvoicePayments;

// A process pays an invoice and is killed after the gateway has moved the money and before it could write that down. Another process finds
// out, and the customer's second click charges nobody. Both work on the same SQLite file, and the gateway keeps a ledger of its own.
if (args is ["pay-and-die", var shared])
{
    await using var doomed = Host.Open(shared, dieAfterTheCharge: true);
    await doomed.Payments.PayAsync(Host.Pay);
    Console.WriteLine("The process that was to die is alive.");
    return 1;
}

var folder = Directory.CreateTempSubdirectory("invoice-payments-");
await using (var host = Host.Open(folder.FullName, dieAfterTheCharge: false))
{
    await host.Payments.IssueAsync(new() { InvoiceId = Host.Invoice, Account = new("acc_ada"), Total = new(119.00m, "EUR") });
    Console.WriteLine($"Issued {Host.Invoice} over EUR 119.00.");

    using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Host.Arguments("pay-and-die", folder.FullName)))!;
    await child.WaitForExitAsync();
    Console.WriteLine($"A process that paid it was killed in the middle (exit code {child.ExitCode}).");
    host.Show("Left behind");

    // What the dead process was doing is nobody else's until its patience is over; this sample has set that to two seconds.
    RecoveryReport report;
    do
    {
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        report = await host.Payments.RecoverAsync();
    }
    while (report.Finished == 0);
    Console.WriteLine($"Recovery looked at {report.LookedAt} and finished {report.Finished}.");
    host.Show("Recovered");

    var again = await host.Payments.PayAsync(Host.Pay);
    Console.WriteLine($"The customer clicks once more, with the same key: {again.Status}, a replay: {again.IsReplay}.");
    host.Show("In the end");
    if (again is not PaymentResult.Succeeded || host.Charges != 1) return 1;
}

folder.Delete(recursive: true);
return 0;
