using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Compatible;
using Tandem.WebServices.Desktop;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Playback;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Composition;

/// <summary>JSON of the public API: camelCase, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(SignInForm))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(AgentForm))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(EnrolmentTokenView))]
[JsonSerializable(typeof(OperationForm))]
[JsonSerializable(typeof(CallForm))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(PairingReply))]
[JsonSerializable(typeof(AgentStateView))]
[JsonSerializable(typeof(InteractionPage))]
[JsonSerializable(typeof(InteractionView))]
[JsonSerializable(typeof(PeaksView))]
[JsonSerializable(typeof(RecordingList))]
[JsonSerializable(typeof(RecordingReply))]
[JsonSerializable(typeof(RecordingOperation))]
[JsonSerializable(typeof(LabelForm))]
[JsonSerializable(typeof(LabelList))]
[JsonSerializable(typeof(VersionReply))]
internal sealed partial class WebJson : JsonSerializerContext;
