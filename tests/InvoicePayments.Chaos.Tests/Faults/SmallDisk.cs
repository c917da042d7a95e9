using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>
/// A disk that gets full. Where the system allows it, a small file system of its own, which a ballast file fills to the last byte. Elsewhere the
/// system refuses to let the files of these processes grow, which needs no right at all; there nothing more of any file fits than now.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Size = 128 * 1024 * 1024;

    private SmallDisk(string folder, bool isMounted) => (Folder, IsMounted) = (folder, isMounted);

    public string Folder { get; }

    /// <summary>Whether it is a file system of its own.</summary>
    public bool IsMounted { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static SmallDisk Create()
    {
        var folder = Directory.CreateTempSubdirectory("invoice-payments-disk-").FullName;
        if (Environment.GetEnvironmentVariable("INVOICEPAYMENTS_CHAOS_DISK") == "limit") return new(folder, isMounted: false);
        try
        {
            ServerPrograms.Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Size}"), "none", folder);
            return new(folder, isMounted: true);
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return new(folder, isMounted: false);
        }
    }

    /// <summary>Nothing more fits.</summary>
    public void Fill(IEnumerable<int> processes)
    {
        if (IsMounted) FillUp();
        else Limit(processes, "--fsize=4096:");
    }

    /// <summary>There is room again.</summary>
    public void Free(IEnumerable<int> processes)
    {
        if (IsMounted) File.Delete(Ballast);
        else Limit(processes, "--fsize=unlimited:");
    }

    public void Dispose()
    {
        if (IsMounted) ServerPrograms.Run("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private void FillUp()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var bytes = new byte[1024 * 1024]; bytes.Length > 0;)
        {
            try
            {
                ballast.Write(bytes);
            }
            catch (IOException)
            {
                // The last bytes fit only in smaller pieces.
                bytes = bytes.Length > 512 ? new byte[bytes.Length / 2] : [];
            }
        }
    }

    private static void Limit(IEnumerable<int> processes, string limit)
    {
        foreach (var process in processes) ServerPrograms.Run("prlimit", "--pid", process.ToString(CultureInfo.InvariantCulture), limit);
    }
}
