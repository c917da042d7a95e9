using System.Text.Json;

namespace InvoicePayments;

/// <summary>The ledger's file: lines of JSON, appended only, by one process at a time.</summary>
internal static class LedgerFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Opens the file for this process alone; the system lets go of it when the process dies.</summary>
    public static FileStream Open(string path)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException inUse) when (inUse is not (DirectoryNotFoundException or PathTooLongException) && TimeProvider.System.GetElapsedTime(since) < Patience)
            {
                Thread.Sleep(Random.Shared.Next(1, 5));
            }
        }
    }

    /// <summary>Reads the lines behind <paramref name="offset"/> and answers where the last whole one ends.</summary>
    public static long ReadFrom(FileStream file, long offset, LedgerBook book)
    {
        if (file.Length <= offset) return offset;
        file.Position = offset;
        var bytes = new byte[file.Length - offset];
        file.ReadExactly(bytes);
        ReadOnlySpan<byte> rest = bytes;
        for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            book.Apply(JsonSerializer.Deserialize(rest[..end], LedgerJson.Default.LedgerLine)!);
            rest = rest[(end + 1)..];
            offset += end + 1;
        }

        return offset;
    }

    /// <summary>Appends lines behind <paramref name="offset"/>, over whatever half a line a killed process may have left there.</summary>
    public static long Append(FileStream file, long offset, IReadOnlyList<LedgerLine> lines)
    {
        if (lines.Count == 0) return offset;
        file.SetLength(offset);
        file.Position = offset;
        foreach (var line in lines)
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Default.LedgerLine));
            file.WriteByte((byte)'\n');
        }

        file.Flush();
        return file.Position;
    }
}
