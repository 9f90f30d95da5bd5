using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Tandem.Sip.Siprec;
using Session = Tandem.Sip.Siprec.SiprecSession;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>What we say, as a session recording client, of who speaks on streams 1 and 2 (RFC 7865). The ids stay from one
/// snapshot to the next.</summary>
internal sealed class ForkMetadata(SiprecCall call, IPAddress advertise, string startTime)
{
    private readonly string _sessionId = Id();
    private readonly string[] _streamIds = [Id(), Id()];
    private readonly string _agentId = Id();
    private readonly Dictionary<string, string> _otherIds = [];

    /// <summary>A whole snapshot.</summary>
    /// <param name="agent">The recorded DN, on stream 1.</param>
    /// <param name="others">Who is mixed on stream 2.</param>
    public string Write(string agent, IEnumerable<string> others)
    {
        var listed = others.Where(dn => dn.Length > 0).Distinct().ToList();
        foreach (var dn in listed)
            _otherIds.TryAdd(dn, Id());
        return new SiprecMetadata
        {
            Sessions = [new Session(_sessionId) { SipSessionId = call.CallUuid, StartTime = startTime }],
            Streams = [.. Enumerable.Range(0, 2).Select(i => new SiprecStream(_streamIds[i], Label(i)) { SessionId = _sessionId })],
            Participants =
            [
                Participant(_agentId, agent, 0, 1),
                .. listed.Select(dn => Participant(_otherIds[dn], dn, 1, 0)),
            ],
        }.ToXml();
    }

    /// <summary>The label of a stream (RFC 4574).</summary>
    public static string Label(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private SiprecParticipant Participant(string id, string dn, int sends, int hears) =>
        new(id, $"sip:{dn}@{advertise}") { Sends = [_streamIds[sends]], Receives = [_streamIds[hears]] };

    private static string Id() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}
