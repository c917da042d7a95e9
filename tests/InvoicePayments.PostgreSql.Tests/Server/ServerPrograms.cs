using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace InvoicePayments.Tests;

/// <summary>PostgreSQL's programs, and who runs them: the server refuses to be started by root.</summary>
internal static class ServerPrograms
{
    /// <summary>The newest that Debian's packages have installed.</summary>
    public static string Folder { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb")))
            .OrderByDescending(d => int.Parse(Path.GetFileName(Path.GetDirectoryName(d))!, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault()
            ?? throw Missing()
        : throw Missing();

    private static string? Other { get; } = Environment.UserName != "root" ? null
        : File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>A folder that whoever runs the server may write to.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("invoice-payments-pg-").FullName;
        if (Other is { } user) Run("chown", user, folder);
        return folder;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end, and says what it said if it failed.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said} {complaint.Result}");
    }

    /// <summary>The same, as the user who may run a server.</summary>
    public static void RunAsServer(params string[] command)
    {
        string[] all = [.. AsServer, .. command];
        Run(all[0], all[1..]);
    }

    /// <summary>Starts a program as that user, with a pipe to it: the program ends when this process does, however that ends.</summary>
    public static Process StartAsServer(params string[] command)
    {
        string[] all = [.. AsServer, .. command];
        return Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static string[] AsServer => Other is { } user ? ["setpriv", $"--reuid={user}", $"--regid={Group(user)}", "--clear-groups", "--"] : [];

    private static string Group(string user) => user == "nobody" ? "nogroup" : user;

    private static InvalidOperationException Missing() =>
        new("PostgreSQL is not installed in /usr/lib/postgresql. Run tests/run.sh, which installs it from Debian's packages, or: apt-get install postgresql.");
}
