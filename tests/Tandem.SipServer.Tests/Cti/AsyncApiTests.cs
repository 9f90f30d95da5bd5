using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Tandem.Contracts.Cti;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Tests.Cti;

/// <summary>The one description of the CTI socket says what the contract's types say, no more and no less.</summary>
public sealed class AsyncApiTests
{
    private static readonly AsyncApiDocument Document = AsyncApiDocument.Read();

    [Fact]
    public void It_lists_every_request() => Same(Constants(typeof(CtiRequestNames)), Document.Values("Request", "Request"));

    [Fact]
    public void It_lists_every_event() => Same(Constants(typeof(CtiEventNames)), Document.Values("Event", "Event"));

    [Fact]
    public void It_lists_every_error() => Same(
        typeof(RequestFault).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(RequestFault))
            .Select(method => method.Invoke(null, [.. method.GetParameters().Select(object (one) => one.ParameterType == typeof(int) ? 480 : "")]))
            .Select(fault => ((RequestFault)fault!).Code).Distinct(),
        Document.Values("Event", "ErrorCode"));

    [Fact]
    public void It_lists_every_attribute()
    {
        Same(Attributes(CtiJson.Default.CtiRequest), Document.Properties("Request"));
        Same(Attributes(CtiJson.Default.CtiEvent), Document.Properties("Event"));
        Same(Attributes(CtiJson.Default.CtiPosition), Document.Properties("Position"));
        Same(Attributes(CtiJson.Default.RecordingReport), Document.Properties("Recording"));
        Same(Attributes(CtiJson.Default.DnCall), Document.Properties("Call"));
        Same(Attributes(CtiJson.Default.DnSnapshot), Document.PropertiesOf("Event", "Snapshot"));
    }

    [Fact]
    public void It_lists_every_value()
    {
        Same(Enum.GetNames<CallType>(), Document.Values("CallType"));
        Same(Enum.GetNames<CallState>(), Document.Values("Event", "CallState"));
        Same(Enum.GetNames<RecordingState>(), Document.Values("Recording", "state"));
    }

    private static IEnumerable<string> Attributes(JsonTypeInfo type) => type.Properties.Select(property => property.Name);

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static void Same(IEnumerable<string> contract, IEnumerable<string> document) =>
        Assert.Equal(contract.Order(StringComparer.Ordinal), document.Order(StringComparer.Ordinal));
}
