using System.Text;
using System.Text.Json.Nodes;

namespace StripeDouble;

/// <summary>What the double answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON.</param>
public sealed record Answer(int Status, byte[] Body)
{
    /// <summary>A success.</summary>
    public static Answer Ok(JsonNode body) => new(200, Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>An error in Stripe's shape.</summary>
    public static Answer Error(int status, string type, string? code, string message, string? param = null, Action<JsonObject>? more = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message };
        if (code is not null) error["code"] = code;
        if (param is not null) error["param"] = param;
        more?.Invoke(error);
        return new(status, Encoding.UTF8.GetBytes(new JsonObject { ["error"] = error }.ToJsonString()));
    }

    /// <summary>A request that can never be carried out as it is; the answer is not kept under its key.</summary>
    public static Answer Invalid(string code, string message, string? param = null) => Error(400, "invalid_request_error", code, message, param);
}

/// <summary>Thrown inside the double to answer at once.</summary>
public sealed class AnswerException(Answer answer) : Exception
{
    /// <summary>What is answered.</summary>
    public Answer Answer { get; } = answer;
}
