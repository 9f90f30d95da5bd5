using System.Text.Json.Serialization;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>Answer to a login, in Genesys' form.</summary>
internal sealed record LoginReply(int StatusCode, LoginUser User);

internal sealed record LoginUser(string UserName, string AgentId);

/// <param name="Code">Of the window that a program of this PC opened; null: the page was opened otherwise.</param>
internal sealed record PairRequest(string? Token, string? Code);

/// <param name="Code">To be put into the fragment of a page's address: <c>#pair=CODE</c>.</param>
internal sealed record CodeReply(string Code);

/// <param name="SessionToken">To be sent as <c>X-Tandem-Token</c>, or as a Bearer token, with the rows below.</param>
internal sealed record PairReply(string AgentId, string UserName, string DeviceId, string SessionToken);

/// <param name="State"><c>recording</c>, <c>paused</c>, <c>off</c> or <c>unavailable</c>.</param>
/// <param name="Reason">A sentence for people: why it is unavailable.</param>
/// <param name="Watched">A supervisor sees this screen now.</param>
/// <param name="Server"><c>connected</c> or <c>unreachable</c>.</param>
internal sealed record StatusReply(
    string State, string? CaptureId, string? Reason, string? AgentId, string DeviceId, string Server, bool Watched);

/// <summary>RFC 9457.</summary>
internal sealed record LocalProblem(string Title, int Status);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8)]
[JsonSerializable(typeof(LoginReply))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairReply))]
[JsonSerializable(typeof(CodeReply))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(LocalProblem))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class LocalJson : JsonSerializerContext;
