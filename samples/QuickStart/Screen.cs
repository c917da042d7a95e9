using System.Text;
using InvoicePayments;
using Spectre.Console;
using Spectre.Console.Rendering;
using static QuickStart.Words;

namespace QuickStart;

/// <summary>What is shown: colours and boxes in a terminal, plain text anywhere else.</summary>
internal sealed partial class Screen
{
    private readonly IAnsiConsole _console;
    private readonly TableBorder _border;
    private int _steps;

    private Screen(IAnsiConsole console, TableBorder border) => (_console, _border) = (console, border);

    public static Screen Open()
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (!Console.IsOutputRedirected) return new(AnsiConsole.Console, TableBorder.Rounded);

        // A file has no width and no colours, and neither has the log of a build server, whatever its variables say.
        var plain = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No,
            Enrichment = new() { UseDefaultEnrichers = false },
        });
        plain.Profile.Width = 120;
        return new(plain, TableBorder.Ascii);
    }

    public void Title(string title, string folder)
    {
        const string Promise = "nobody is charged twice, no payment is lost, every answer can be explained.";
        _console.MarkupLineInterpolated($"[bold blue]{title}[/]: {Promise}");
        _console.MarkupLineInterpolated($"[grey]The books are in {folder}[/]");
        _console.WriteLine();
    }

    public void Step(string title, string about) => _console.MarkupLineInterpolated($"[bold]{++_steps}. {title}[/] [grey]{about}[/]");

    public void Note(string text) => Indent(Text(text, Color.Grey));

    public void Answer(PaymentResult answer)
    {
        string[] remarks = [.. new[] { answer.ErrorCode, answer.IsReplay ? "replay" : null }.OfType<string>()];
        var line = new Paragraph().Append(answer.Status, ColourOf(answer));
        if (remarks.Length > 0) line.Append($" ({string.Join(", ", remarks)})", Color.Blue);
        Indent(line.Append($": {string.Join(' ', new[] { Sentence(answer), answer.ErrorMessage }.OfType<string>())}"));
    }

    /// <summary>Says why the story cannot go on.</summary>
    public bool Stop(string why)
    {
        _console.MarkupLineInterpolated($"[red]{why}[/]");
        return false;
    }

    private void Indent(IRenderable what) => _console.Write(new Padder(what, new Padding(3, 0, 0, 0)));
}
