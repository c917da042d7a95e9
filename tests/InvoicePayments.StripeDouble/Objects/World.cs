using System.Globalization;
using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>All that the double knows: objects, money, and what happened. One at a time works on it.</summary>
public sealed partial class World
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ApiDescription _description;
    private readonly List<JsonObject> _objects = [];
    private readonly Dictionary<string, JsonObject> _byId = [];
    private readonly Dictionary<string, Card> _cards = [];
    private readonly List<Movement> _movements = [];
    private int _count;

    internal World(TimeProvider time, ApiDescription description) => (_time, _description) = (time, description);

    /// <summary>The address under which payers find pages of the double.</summary>
    public Uri Pages { get; set; } = new("http://127.0.0.1/");

    /// <summary>Whether an intent forgets why it was declined when it is called off.</summary>
    public bool ForgetsErrors { get; set; }

    /// <summary>Told of everything that happened, with the event as Stripe would send it.</summary>
    public Action<JsonObject>? Happened { get; set; }

    /// <summary>All the money that moved so far; a copy.</summary>
    public IReadOnlyList<Movement> Movements
    {
        get
        {
            lock (_gate) return [.. _movements];
        }
    }

    /// <summary>All objects of a kind as they stand; copies, oldest first.</summary>
    public IReadOnlyList<JsonObject> All(string kind)
    {
        lock (_gate) return [.. _objects.Where(o => Text(o, "object") == kind).Select(o => (JsonObject)o.DeepClone())];
    }

    /// <summary>Does something alone.</summary>
    internal Answer Do(Func<World, JsonNode> work)
    {
        lock (_gate)
        {
            try
            {
                return Answer.Ok(work(this));
            }
            catch (AnswerException at)
            {
                return at.Answer;
            }
        }
    }

    internal JsonObject Get(string kind, string id) => _byId.TryGetValue(id, out var found) && Text(found, "object") == kind
        ? found
        : throw new AnswerException(Answer.Error(404, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'", "id"));

    private JsonObject New(string kind, string prefix, Params? given = null)
    {
        var made = _description.Shapes[kind]?.DeepClone().AsObject() ?? new JsonObject { ["object"] = kind };
        made["object"] = kind;
        made["id"] = string.Create(CultureInfo.InvariantCulture, $"{prefix}_{++_count:D6}double");
        made["created"] = Now;
        if (kind != "event") made["metadata"] = MetadataOf(given);
        _objects.Add(made);
        _byId[Text(made, "id")!] = made;
        return made;
    }

    private void Emit(string type, JsonObject about)
    {
        var told = New("event", "evt");
        told["type"] = type;
        told["api_version"] = "2023-08-16";
        told["livemode"] = false;
        told["data"] = new JsonObject { ["object"] = about.DeepClone() };
        Happened?.Invoke((JsonObject)told.DeepClone());
    }

    private void Move(string kind, string id, string of, string currency, long amount, JsonNode? metadata) =>
        _movements.Add(new(kind, id, of, currency, amount, metadata?.DeepClone() as JsonObject));

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    internal static string? Text(JsonNode? of, string field) => of?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    internal static long Number(JsonNode of, string field) => 
        of[field] is JsonValue value && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static JsonObject MetadataOf(Params? given) =>
        new(given?["metadata"]?.Children.Where(c => c.Value.Value is { Length: > 0 }).Select(c => KeyValuePair.Create(c.Key, (JsonNode?)JsonValue.Create(c.Value.Value))) ?? []);

    private static void Merge(JsonObject into, Params given)
    {
        foreach (var (key, value) in MetadataOf(given)) into["metadata"]![key] = value?.DeepClone();
    }

    private static AnswerException Fail(string? code, string message, string? param = null, JsonObject? intent = null) => new(Answer.Error(
        400, "invalid_request_error", code, message, param, error =>
        {
            if (intent is not null) error["payment_intent"] = intent.DeepClone();
        }));
}
