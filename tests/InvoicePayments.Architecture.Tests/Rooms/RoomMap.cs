using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace InvoicePayments.Tests;

/// <summary>
/// In which source files the types of an assembly stand, read from its embedded debug information: all types share one namespace, so
/// the folder is what tells the room.
/// </summary>
internal sealed class RoomMap
{
    // Types without a body of code (interfaces, enums, empty records) have their source files under this kind.
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    // What several adapters are compiled with stands beside the projects, and belongs to each of them.
    private const string Shared = "Shared/";

    private readonly Dictionary<Type, SortedSet<string>> _files = [];
    private readonly string _project;

    private RoomMap(Assembly assembly)
    {
        _project = assembly.GetName().Name!;
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var entry = image.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        var (types, symbols) = (image.GetMetadataReader(), provider.GetMetadataReader());
        foreach (var type in assembly.GetTypes())
        {
            if (!_files.TryGetValue(Outermost(type), out var files)) _files[Outermost(type)] = files = new(StringComparer.Ordinal);
            var handle = (TypeDefinitionHandle)MetadataTokens.EntityHandle(type.MetadataToken);
            files.UnionWith(DocumentsOf(handle, types, symbols).Select(document => RelativePath(document, symbols)).OfType<string>());
        }
    }

    public static RoomMap Of(Assembly assembly) => new(assembly);

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The files that a type is written in, as full paths.</summary>
    public IEnumerable<string> SourcesOf(Type type) => FilesOf(type)
        .Select(file => file.StartsWith(Shared, StringComparison.Ordinal) ? SourceTree.PathOf("src", file) : SourceTree.PathOf("src", _project, file));

    /// <summary>The folder of a type below its project; empty beside the project file, null when no file of the project holds it.</summary>
    public string? FolderOf(Type type) => FilesOf(type).FirstOrDefault() is { } file
        ? file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : ""
        : null;

    private SortedSet<string> FilesOf(Type type) => _files[Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type)];

    private static IEnumerable<DocumentHandle> DocumentsOf(TypeDefinitionHandle type, MetadataReader types, MetadataReader symbols)
    {
        foreach (var method in types.GetTypeDefinition(type).GetMethods())
        {
            var debug = symbols.GetMethodDebugInformation(method);
            if (!debug.Document.IsNil) yield return debug.Document;
            foreach (var point in debug.GetSequencePoints()) yield return point.Document;
        }

        foreach (var handle in symbols.GetCustomDebugInformation(type))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != TypeDefinitionDocuments) continue;
            var blob = symbols.GetBlobReader(information.Value);
            while (blob.RemainingBytes > 0) yield return MetadataTokens.DocumentHandle(blob.ReadCompressedInteger());
        }
    }

    // What a generator wrote stands elsewhere, or under obj.
    private string? RelativePath(DocumentHandle document, MetadataReader symbols)
    {
        var path = symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
        if (path.LastIndexOf("/src/" + Shared, StringComparison.Ordinal) is >= 0 and var shared) return path[(shared + "/src/".Length)..];
        var project = $"/src/{_project}/";
        var start = path.LastIndexOf(project, StringComparison.Ordinal);
        if (start < 0) return null;

        var relative = path[(start + project.Length)..];
        return relative.StartsWith("obj/", StringComparison.Ordinal) ? null : relative;
    }
}
