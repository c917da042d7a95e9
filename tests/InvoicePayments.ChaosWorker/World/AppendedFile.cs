using System.Text;

namespace InvoicePayments.Tests;

/// <summary>A file of lines that one process appends to. A line is in the system's hands before the call returns, so the process may be killed then.</summary>
internal sealed class AppendedFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;

    public AppendedFile(string path)
    {
        // What an earlier process left half-written is no line.
        _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _file.SetLength(WholeLines(_file));
        _file.Seek(0, SeekOrigin.End);
    }

    public void Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock) _file.Write(bytes);
    }

    /// <summary>The whole lines of a file that somebody may be appending to.</summary>
    public static IReadOnlyList<string> Lines(string path, long from = 0)
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(Math.Max(0, Math.Min(from, file.Length)), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return from > 0 ? lines[Math.Min(1, lines.Length)..] : lines;
    }

    public void Dispose() => _file.Dispose();

    private static long WholeLines(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        return Array.LastIndexOf(bytes, (byte)'\n') + 1;
    }
}
