using System.Globalization;
using System.Runtime.InteropServices;

namespace InvoicePayments.Tests;

/// <summary>What a process is sent. The numbers are Linux's.</summary>
internal enum Signal
{
    /// <summary>It is gone at once.</summary>
    Kill = 9,

    /// <summary>It goes on where it was stopped.</summary>
    Continue = 18,

    /// <summary>It stands still.</summary>
    Stop = 19,
}

/// <summary>Sends them.</summary>
internal static partial class Signals
{
    public static void Send(int process, Signal signal) => _ = kill(process, (int)signal);

    /// <summary>A process and its children, as far as they may be seen.</summary>
    public static IReadOnlyList<int> FamilyOf(int process)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children");
        var children = File.Exists(path) ? File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return [process, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
