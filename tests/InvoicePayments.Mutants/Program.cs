using System.Globalization;
using System.Reflection;
using InvoicePayments.Mutants;

// Mutants try <tests> <report> <project> <results>            tries what is not in <results> yet; ends with code 3 where a change never ends
// Mutants once <tests> <report> <project> <results> <id>      tries one change from the first moment of the process on
// Mutants parity <tests> <report> <project> <results>         tries per row of the five systems the changes that few other rows reach
// Mutants rows <report> <project> <results>                   per row the changes that fewest others notice, and the test that does
// Mutants missing <report> <project> <results>                the changes that no test has reached or noticed, one number a line
// Mutants sum <report> <project> <results>                    the table, and what survived
if (args is ["try" or "once" or "parity", var folder, var list, var name, var file, ..])
{
    AppDomain.CurrentDomain.AssemblyResolve += (_, e) =>
        Path.Combine(folder, new AssemblyName(e.Name).Name + ".dll") is var path && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    var assembly = new MutatedAssembly(Assembly.LoadFrom(Path.Combine(folder, name + ".dll")));
    var tests = new Lazy<IReadOnlyList<TestCase>>(() => [.. TestCase.Of(Assembly.LoadFrom(Path.Combine(folder, name + ".Tests.dll")))]);
    Action<int, string, string> tell = (id, status, by) => File.AppendAllText(file, $"{id}\t{status}\t{by}\n");
    if (args[0] == "once")
    {
        new Trial(assembly, [], tell).RunFromTheStart(int.Parse(args[5], CultureInfo.InvariantCulture), () => tests.Value);
        return 0;
    }

    if (args[0] == "parity")
    {
        assembly.Active = -1;
        var carrying = TestCase.CarryingRows(Assembly.LoadFrom(Path.Combine(folder, "InvoicePayments.Tests.dll")));
        new ParityTrial(assembly, [.. carrying], Results.ReadRows(file), (id, by) => tell(id, "rows", by)).Run(Change.In(list, name).Select(c => c.Id).ToHashSet());
        return 0;
    }

    // A change that was begun and has no verdict has ended the process itself.
    var known = Results.Read(file);
    foreach (var fatal in known.Where(k => k.Value == "begun").ToList()) tell(fatal.Key, "noticed", "ends the process");
    var (worker, of) = args is [_, _, _, _, _, var k, var n] ? (int.Parse(k, CultureInfo.InvariantCulture), int.Parse(n, CultureInfo.InvariantCulture)) : (0, 1);
    var rest = Change.In(list, name).Where(c => c.Id % of == worker && !known.ContainsKey(c.Id)).Select(c => c.Id);
    assembly.Active = -1;
    new Trial(assembly, tests.Value, tell).Run([.. rest], id => tell(id, "begun", ""));
    return 0;
}

if (args is ["rows", var madeBy, var changed, var rows])
{
    Results.WriteRows(Change.In(madeBy, changed), Results.ReadRows(rows));
    return 0;
}

if (args is ["missing" or "sum", var report, var project, .. var results])
{
    var verdicts = results.SelectMany(Results.Read).ToLookup(v => v.Key, v => v.Value);
    var changes = Change.In(report, project).Where(c => verdicts.Contains(c.Id)).ToList();
    var left = changes.Where(c => verdicts[c.Id].All(v => v != "noticed")).ToList();
    if (args[0] == "missing") foreach (var change in left.Where(c => verdicts[c.Id].Contains("not reached"))) Console.WriteLine(change.Id);
    else Results.Write(changes, left);
    return 0;
}

Console.Error.WriteLine("See Program.cs for what it takes; tests/mutate.sh starts it.");
return 2;
