using System.Globalization;

namespace InvoicePayments.Tests;

/// <summary>How much is done: little by default, and as much as INVOICEPAYMENTS_CHAOS_KILLS says where somebody has the time.</summary>
internal static class ChaosBudget
{
    /// <summary>Kills and pauses on PostgreSQL; everything else follows from it.</summary>
    public static int Kills { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("INVOICEPAYMENTS_CHAOS_KILLS"), CultureInfo.InvariantCulture, out var kills) ? Math.Max(4, kills) : 8;

    /// <summary>After this long nothing more is taken away, however much there was to be: INVOICEPAYMENTS_CHAOS_SECONDS, an hour by default.</summary>
    public static TimeSpan Longest { get; } =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("INVOICEPAYMENTS_CHAOS_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 3_600);

    public static int SqliteKills => Kills / 2;

    /// <summary>Restarts of the database in immediate mode.</summary>
    public static int Restarts => Math.Max(1, Kills / 10);

    /// <summary>Commits in the middle of which a connection is cut.</summary>
    public static int Cuts => Math.Max(3, Kills / 4);

    public static int Failovers => Math.Max(1, Kills / 40);

    /// <summary>How often the disk is filled.</summary>
    public static int FullDisks => Math.Max(1, Kills / 20);

    /// <summary>How often the gateway is taken away and comes back.</summary>
    public static int GatewayKills => Math.Max(1, Kills / 20);
}
