using InvoicePayments;
using Spectre.Console;
using Spectre.Console.Rendering;
using static QuickStart.Words;

namespace QuickStart;

/// <content>What is looked at as a whole: the invoices, a timeline, the books, and what this run has charged.</content>
internal sealed partial class Screen
{
    public void Invoices(
        IReadOnlyList<WrittenInvoice> written, IReadOnlyList<Invoice> now) => Table<(WrittenInvoice Paper, Invoice Invoice)>(
        [.. written.Zip(now)],
        new("Invoice", i => Text(i.Invoice.Id.Value)),
        new("Customer", i => Text(i.Paper.Customer)),
        new("For", i => Text(i.Paper.Description), From: 100),
        new("Total", i => Text($"{i.Invoice.Total}")),
        new("Due", i => Text($"{i.Invoice.DueAt:yyyy-MM-dd}"), From: 80),
        new("Status", i => Text(StatusOf(i.Invoice), ColourOf(i.Invoice))));

    public void Standing(IReadOnlyList<Invoice> invoices)
    {
        _console.MarkupLine("\n[bold]Where the invoices stand[/]");
        Table(
            invoices,
            new("Invoice", i => Text(i.Id.Value)),
            new("Total", i => Text($"{i.Total}")),
            new("Settled", i => Amount(i.Settled), From: 80),
            new("Refunded", i => Amount(i.Refunded), From: 100),
            new("Still due", i => Amount(i.Due)),
            new("Status", i => Text(StatusOf(i), ColourOf(i))));
    }

    public void Timeline(InvoiceId invoice, Page<InvoiceEvent> facts)
    {
        _console.MarkupLineInterpolated($"[bold]The timeline of {invoice}[/]");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(3, 0, 2, 0)).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var fact in facts.Items)
        {
            var (what, detail) = Tell(fact);
            grid.AddRow(Text($"{fact.At:HH:mm:ss.fff}", Color.Grey), Text(what, ColourOf(fact)), Text(detail));
        }

        Show(grid);
    }

    public void Books(IReadOnlyList<BookLine> books)
    {
        _console.MarkupLine("[bold]The books[/]");
        Table(
            books,
            new("Currency", line => Text(line.Currency.Code)),
            new("Invoices hold", line => Amount(line.Held)),
            new("in cash", line => Amount(line.Cash)),
            new("by gateway", line => Amount(line.Online)),
            new("Gateway's ledger", line => Amount(line.Ledger)),
            new("", line => line.Agrees ? Text("equal", Color.Green) : Text("DIFFERENT", Color.Red)));
        _console.MarkupLine(books.All(line => line.Agrees) ? "[green]The books agree.[/]" : "[red]The books differ.[/]");
    }

    public void Charges(int before, int after, IReadOnlyList<PaymentResult> answers)
    {
        var isReplay = after == before && answers.All(a => a.IsReplay || a is PaymentResult.Rejected);
        _console.MarkupLine(isReplay
            ? $"[blue]Everything was a replay[/]: the gateway's ledger has {after} movements as before, nobody was charged again."
            : $"The gateway moved money {after - before} times in this run. Run it again: nobody is charged a second time.");
    }

    private void Show(IRenderable whole)
    {
        _console.Write(whole);
        _console.WriteLine();
    }

    private void Table<T>(IReadOnlyList<T> rows, params Column<T>[] columns)
    {
        var width = _console.Profile.Width;
        var shown = columns.Where(column => column.From <= width).ToList();
        var table = new Table { Border = width < 80 ? TableBorder.None : _border };
        foreach (var column in shown) table.AddColumn(column.Header);
        foreach (var row in rows) table.AddRow(shown.Select(column => column.Cell(row)));
        Show(table);
    }

    /// <summary>A column, and from which width on there is room for it.</summary>
    private sealed record Column<T>(string Header, Func<T, Text> Cell, int From = 0);
}
