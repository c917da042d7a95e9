using BenchmarkDotNet.Running;
using InvoicePayments.Benchmarks;

// core: nanoseconds and bytes of what is decided in memory. end-to-end: payments a second, beside the limit and what one would write instead.
// report: what was measured last, as tables and a chart in the documents.
switch (args)
{
    case ["core", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Scenario).Assembly).Run(rest.Length > 0 ? rest : ["--filter", "*"]);
        return 0;
    case ["end-to-end", .. var names]:
        return await EndToEnd.RunAsync(names);
    case ["report"]:
        return Page.Write();
    default:
        Console.Error.WriteLine("core [BenchmarkDotNet's arguments] | end-to-end [scenario …] | report");
        foreach (var scenario in Scenario.All) Console.Error.WriteLine($"  {scenario.Name,-14} {scenario.Sentence}");
        return 2;
}
