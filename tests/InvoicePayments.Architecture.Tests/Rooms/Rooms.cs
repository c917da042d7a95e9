using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace InvoicePayments.Tests;

public sealed class Rooms
{
    private static readonly Dictionary<Assembly, RoomMap> Maps = Libraries.All.ToDictionary(a => a, RoomMap.Of);

    [Fact]
    public void NoRoomKnowsARoomItMustNot()
    {
        var wrong =
            from assembly in Libraries.All
            from type in assembly.GetTypes()
            let room = RoomOf(type)
            where room is not null && RoomRules.MayKnow.ContainsKey(room)
            from known in KnownTypes.Of(type)
            let other = RoomOf(known)
            where other is not null && !RoomRules.Allows(room, other, known)
            select $"{room} must not know {other}: {RoomMap.Outermost(type).Name} names {known.Name}";

        AssertNone(wrong, "Somebody knows a room it must not. Move the type, or turn the knowledge round");
    }

    [Fact]
    public void EveryRoomHasARule()
    {
        var folders = Libraries.All.SelectMany(assembly => FoldersOf(assembly).Select(folder => RoomRules.RoomOf(assembly, folder)));
        var lived = Libraries.All.SelectMany(assembly => assembly.GetTypes()).Select(RoomOf).OfType<string>();
        var unruled = folders.Concat(lived).Where(room => !RoomRules.MayKnow.ContainsKey(room));

        AssertNone(unruled.Select(room => $"give the room {room} a rule"), "RoomRules says of every room whom it may know");
    }

    [Fact]
    public void EveryRuleHasARoom()
    {
        var lived = Libraries.All.SelectMany(assembly => assembly.GetTypes()).Select(RoomOf).ToHashSet();
        var gone = RoomRules.MayKnow.Keys.Where(room => !lived.Contains(room)).Except(RoomRules.Planned);
        var unknown = RoomRules.MayKnow.Values.SelectMany(known => known).Where(room => !RoomRules.MayKnow.ContainsKey(room));

        AssertNone(gone.Concat(unknown), "These rooms are gone, and their rules should go too");
    }

    [Fact]
    public void EveryTypeStandsInOneRoom()
    {
        var homeless = Libraries.All.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsNested && RoomOf(type) is null && !IsGenerated(type))
            .Select(type => $"{type.FullName} stands in no file of its project");
        var divided = Libraries.All.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsNested)
            .Where(type => Maps[type.Assembly].SourcesOf(type).Select(Path.GetDirectoryName).Distinct().Skip(1).Any())
            .Select(type => $"{type.FullName} stands in several folders");

        AssertNone(homeless.Concat(divided), "The room of a type is the folder of its files");
    }

    private static string? RoomOf(Type type) =>
        Maps.TryGetValue(type.Assembly, out var map) && map.FolderOf(type) is { } folder ? RoomRules.RoomOf(type.Assembly, folder) : null;

    private static IEnumerable<string> FoldersOf(Assembly assembly) =>
        Directory.EnumerateDirectories(SourceTree.PathOf("src", assembly.GetName().Name!))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder))
            .Where(folder => folder is not ("bin" or "obj"));

    private static bool IsGenerated(Type type) =>
        type.Name.StartsWith('<')
        || type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || type.IsDefined(typeof(GeneratedCodeAttribute), false);

    private static void AssertNone(IEnumerable<string> wrong, string rule)
    {
        var lines = wrong.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{rule}:\n{string.Join('\n', lines)}");
    }
}
