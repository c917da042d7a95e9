using System.Globalization;
using System.Text;
using InvoicePayments;
using Spectre.Console;

namespace NightlyCollection;

/// <summary>What is shown: a bar in a terminal, a line for every tenth anywhere else.</summary>
internal static class Screen
{
    /// <summary>Shows how far the run has come while it runs.</summary>
    public static async Task RunAsync(Func<IProgress<CollectionProgress>, Task> run)
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            await run(new Lines());
            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context => await run(new Bar(context.AddTask("Collecting"))));
    }

    public static void Say(string text) => Console.WriteLine(text);

    public static void Show(Books books) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

        The books
          paid              {books.Paid,8}
          to be tried again {books.Dunned,8}
          left for this run {books.Open,8}
          paid twice        {books.Twice,8}
          the invoices hold {books.Held,18}
          the gateway moved {books.Ledger,18}
          they {(books.Agree ? "agree" : "DO NOT AGREE")}
        """));

    private static string Text(CollectionProgress step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Done} of {step.Total}: {step.Charged} charged ({string.Join(", ", step.Collected)}), {step.InVain} declined, {step.UnderWay} under way, {step.Repeated} repeated");

    private sealed class Bar(ProgressTask task) : IProgress<CollectionProgress>
    {
        public void Report(CollectionProgress value)
        {
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape($"{value.Charged} charged, {value.InVain} declined");
        }
    }

    private sealed class Lines : IProgress<CollectionProgress>
    {
        public void Report(CollectionProgress value)
        {
            if (value.Done == value.Total || value.Done % Math.Max(1, value.Total / 10) == 0) Console.WriteLine(Text(value));
        }
    }
}
