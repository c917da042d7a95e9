using InvoicePayments;
using ProveYourOwn;

// A host has written a store of its own, and runs it through the kit and the simulator: in its own CI, under any test framework.
// In a test the last two lines of Prove would be kit.EnsurePassed() and simulation.EnsureNothingBroke().
static async Task<(ConformanceReport Kit, SimulationReport Simulation)> Prove(Func<IInvoicePaymentStore> open)
{
    var kit = await new StoreConformance(_ => ValueTask.FromResult(open())).RunAllAsync();
    var simulation = new Simulation(new() { OpenStore = open }).Run(seeds: 2_000);
    Console.WriteLine($"The kit: {kit}\n");
    Console.WriteLine($"The simulator: {simulation}\n");
    return (kit, simulation);
}

Console.WriteLine("A store with a planted bug: it saves an invoice without comparing what it was when it was read.\n");
var (kit, simulation) = await Prove(() => new ShopStore(comparesInvoices: false));

Console.WriteLine("""
    What the story says: two payments read the invoice before either had reserved, both commits went through, and so the gateway was asked
    twice for the whole of it. The numbers of the facts gave it away: each payment counted on from what it had read.

    """);

Console.WriteLine("The same store with the missing comparison put back.\n");
var (mendedKit, mendedSimulation) = await Prove(() => new ShopStore(comparesInvoices: true));

var asExpected = !kit.AllPassed && simulation.Failure is not null && mendedKit.AllPassed && mendedSimulation.Failure is null;
Console.WriteLine(asExpected
    ? "This sample succeeds by finding the bug: kit and simulator both saw it, and neither has anything to say about the mended store."
    : "This sample failed: the bug was not found as expected, or the mended store has one.");
return asExpected ? 0 : 1;
