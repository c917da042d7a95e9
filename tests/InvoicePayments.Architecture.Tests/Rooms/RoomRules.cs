using System.Reflection;

namespace InvoicePayments.Tests;

/// <summary>
/// Who may know whom. A room is a folder of the core or of the shell; the shell's root is the service; an adapter is one room, whatever
/// folders it has.
/// </summary>
internal static class RoomRules
{
    private static readonly string[] Nouns = ["Domain/Values", "Domain/Invoices", "Domain/Payments", "Domain/Gateways"];
    private static readonly string[] Core = [.. Nouns, "Domain/Events", "Domain/Journal", "Domain/Decisions"];
    private static readonly string[] CoreAndPorts = [.. Core, "Shell/Ports"];
    private static readonly string[] Shell =
        [.. CoreAndPorts, "Shell/Gateways", "Shell/Outbox", "Shell/Collections", "Shell/Deciding", "Shell/Service", "Shell/Diagnostics", "Shell/Serialization", "Shell/DependencyInjection"];

    /// <summary>What each room may know beside itself.</summary>
    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } = new Dictionary<string, string[]>
    {
        ["Domain/Values"] = [],
        ["Domain/Invoices"] = Nouns,
        ["Domain/Payments"] = Nouns,
        ["Domain/Gateways"] = Nouns,
        ["Domain/Events"] = Nouns,
        ["Domain/Journal"] = [.. Nouns, "Domain/Events"],
        ["Domain/Decisions"] = Core,
        ["Shell/Ports"] = Core,
        ["Shell/Serialization"] = CoreAndPorts,
        ["Shell/Diagnostics"] = CoreAndPorts,
        ["Shell/Gateways"] = [.. CoreAndPorts, "Shell/Diagnostics"],
        ["Shell/Outbox"] = [.. CoreAndPorts, "Shell/Diagnostics"],
        ["Shell/Collections"] = CoreAndPorts,
        ["Shell/Deciding"] = [.. CoreAndPorts, "Shell/Gateways", "Shell/Diagnostics"],
        ["Shell/Service"] = [.. CoreAndPorts, "Shell/Gateways", "Shell/Diagnostics", "Shell/Outbox", "Shell/Collections", "Shell/Deciding"],
        ["Shell/Vocabularies"] = [.. Core, "Shell/Service"],
        ["Shell/Work"] = [.. CoreAndPorts, "Shell/Service", "Shell/Deciding", "Shell/Outbox", "Shell/Collections", "Shell/Diagnostics"],
        ["Shell/DependencyInjection"] = [.. Shell, "Shell/Work"],
        ["Sqlite"] = Shell,
        ["PostgreSql"] = Shell,
        ["Stripe"] = Shell,
        ["Testing"] = Shell,
    };

    /// <summary>Rooms that have a rule before they have a folder.</summary>
    public static IReadOnlyList<string> Planned { get; } = [];

    // What was configured is declared where it is configured, and read by the service; nobody else reads it.
    private static readonly string[] Configured = ["Shell/Service", "Shell/Deciding"];

    public static bool Allows(string room, string known, Type type) =>
        room == known
        || MayKnow[room].Contains(known)
        || (known == "Shell/DependencyInjection" && Configured.Contains(room) && IsConfiguration(type));

    public static string RoomOf(Assembly assembly, string folder) => assembly.GetName().Name switch
    {
        "InvoicePayments.Domain" => "Domain/" + folder,
        "InvoicePayments" => "Shell/" + (folder.Length == 0 ? "Service" : folder),
        var adapter => adapter!["InvoicePayments.".Length..],
    };

    private static bool IsConfiguration(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal);
}
