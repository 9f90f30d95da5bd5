using System.Net;
using System.Security.Cryptography.X509Certificates;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Speaks PLAN's protocol as MCP does, without media, and writes down what it was told.</summary>
internal sealed class FakeMcp : IAsyncDisposable
{
    private readonly SipEndpoint _endpoint;
    private readonly Lock _lock = new();
    private readonly List<string> _told = [];
    private readonly List<string> _played = [];
    private readonly List<MsmlRecord> _records = [];
    private readonly Dictionary<string, string> _dns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InviteSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _described = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _standing = [];
    private int _legs;

    /// <param name="certificate">Of SIP over TLS, which is then spoken on this port instead.</param>
    public FakeMcp(int port, X509Certificate2? certificate = null)
    {
        var address = new IPEndPoint(IPAddress.Loopback, port);
        _endpoint = SipEndpoint.Start(
            new SipEndpointOptions
            {
                Listen = certificate is null ? [address] : [],
                ListenTls = certificate is null ? [] : [address],
                Certificate = certificate,
            },
            TimeProvider.System);
        _ = new UserAgent(_endpoint, new UserAgentOptions { Product = "fake MCP" }) { OnInvite = Take };
    }

    /// <summary>Refuses to record, with this result.</summary>
    public MsmlResult? Refusal { get; set; }

    /// <summary>Legs that stand now.</summary>
    public int Legs => Volatile.Read(ref _legs);

    /// <summary>DNs of the legs that stand now.</summary>
    public IReadOnlyList<string> Standing
    {
        get
        {
            lock (_lock) return [.. _standing.Select(tag => _dns[tag]).Order()];
        }
    }

    /// <summary><c>record 7001</c>, <c>end</c>, <c>pause</c>, <c>join 7001</c> …; tones left out.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_lock) return [.. _told];
        }
    }

    /// <summary>Every record that was asked for, as it was.</summary>
    public IReadOnlyList<MsmlRecord> Records
    {
        get
        {
            lock (_lock) return [.. _records];
        }
    }

    /// <summary><c>play tone:music 7001</c>, <c>stop 7001</c>.</summary>
    public IReadOnlyList<string> Played
    {
        get
        {
            lock (_lock) return [.. _played];
        }
    }

    /// <summary>What the leg of this DN was last told about its phone's media.</summary>
    public string? DescribedOf(string dn)
    {
        lock (_lock) return _described.GetValueOrDefault(dn);
    }

    /// <summary>The last answer that an ACK brought to the leg of this DN.</summary>
    public string? AcknowledgedOf(string dn)
    {
        lock (_lock) return _acknowledged.GetValueOrDefault(dn);
    }

    /// <summary>Says that nothing is heard of this DN's phone any more.</summary>
    public void SaySilent(string dn)
    {
        InviteSession session;
        lock (_lock) session = _sessions[dn];
        var said = new MsmlEvent(MsmlEvent.MediaAbsent, MsmlIds.Connection(session.LocalTag));
        _ = session.RequestAsync(SipMethods.Info, MsmlDocument.MediaType, MsmlDocument.Of(said).ToString());
    }

    /// <summary>The first <paramref name="count"/> orders; those that are still on their way are awaited for 10 s.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(int count)
    {
        for (var tries = 0; Told.Count < count && tries < 500; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        return [.. Told.Take(count)];
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    /// <summary>Null when no codec is in common.</summary>
    private static string? Sdp(SipMessage message)
    {
        var capabilities = new SdpCapabilities
        {
            Rtp = new IPEndPoint(IPAddress.Loopback, 30_000),
            Codecs = [new SdpRtpMap(8, "PCMA", 8000), new SdpRtpMap(0, "PCMU", 8000)],
            Origin = new SdpOrigin("-", 1, 1, "127.0.0.1"),
        };
        return message.Body.Length > 0 && SdpSession.TryParse(message.Body.Span, out var offer)
            ? SdpNegotiation.Answer(offer, capabilities)?.Session.ToString()
            : SdpNegotiation.Offer(capabilities).ToString();
    }

    private void Take(InviteSession session)
    {
        if (Sdp(session.Invite) is not { } sdp)
        {
            session.Reject(488);
            return;
        }

        var dn = session.Invite.RequestUri.Parameters["dn"] ?? "?";
        lock (_lock) (_dns[session.LocalTag], _sessions[dn]) = (dn, session);
        Described(session, session.Invite);
        lock (_lock) _standing.Add(session.LocalTag);
        session.OnEvent = Handle;
        Interlocked.Increment(ref _legs);
        session.Accept(sdp);
    }

    private void Handle(InviteSession session, SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.ReInvite { Offer: var offer }:
                Described(session, offer.Request);
                if (Sdp(offer.Request) is { } answer) offer.Accept(answer);
                else offer.Reject(488);
                break;
            case SessionEvent.Acknowledged { Ack: { Body.Length: > 0 } ack }:
                lock (_lock) _acknowledged[_dns[session.LocalTag]] = ack.BodyText;
                break;
            case SessionEvent.Ended or SessionEvent.Cancelled:
                lock (_lock) _standing.Remove(session.LocalTag);
                Interlocked.Decrement(ref _legs);
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                Serve(session, transaction);
                break;
        }
    }

    private void Described(InviteSession session, SipRequest request)
    {
        lock (_lock) _described[_dns[session.LocalTag]] = request.BodyText;
    }

    private void Serve(InviteSession session, ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(200);
        if (transaction.Request.Method == SipMethods.Options)
        {
            transaction.Respond(response);
            return;
        }

        var document = MsmlDocument.Parse(transaction.Request.Body.Span);
        var events = new List<MsmlEvent>();
        var result = new MsmlResult(MsmlResult.Ok);
        foreach (var request in document.Requests)
        {
            if (request is MsmlDialogStart { Record: not null } && Refusal is { } refusal) result = refusal;
            else if (Event(request) is { } said) events.Add(said);
        }

        response.SetBody(MsmlDocument.MediaType, MsmlDocument.Of(result).ToString());
        transaction.Respond(response);
        foreach (var one in events)
            _ = session.RequestAsync(SipMethods.Info, MsmlDocument.MediaType, MsmlDocument.Of(one).ToString());
    }

    private MsmlEvent? Event(MsmlRequest request)
    {
        switch (request)
        {
            case MsmlDialogStart { Record: { } record } start:
                lock (_lock) _records.Add(record);
                Tell($"record {record.Dn}");
                return new MsmlEvent(MsmlEvent.RecordStarted, start.DialogId);
            case MsmlSend send:
                Tell(send.Event);
                return new MsmlEvent(
                    send.Event == MsmlSend.Pause ? MsmlEvent.RecordPaused : MsmlEvent.RecordResumed, send.Target);
            case MsmlDialogEnd { Target: var target } when !target.StartsWith("conn:", StringComparison.Ordinal):
                Tell("end");
                return new MsmlEvent(MsmlEvent.RecordEnded, target);
            case MsmlJoin join:
                Tell($"join {DnOf(join.Id1)}");
                return null;
            case MsmlUnjoin unjoin:
                Tell($"unjoin {DnOf(unjoin.Id1)}");
                return null;
            case MsmlDialogStart { Play: { } play } start:
                Sound($"play {play.Uri} {DnOf(start.Target)}");
                return null;
            case MsmlDialogEnd { Target: var target }:
                Sound($"stop {DnOf(target)}");
                return null;
            default:
                return null;
        }
    }

    private void Sound(string what)
    {
        lock (_lock) _played.Add(what);
    }

    private string DnOf(string connection)
    {
        lock (_lock) return _dns.GetValueOrDefault(MsmlIds.ConnectionOf(connection) ?? "", "unknown");
    }

    private void Tell(string what)
    {
        lock (_lock) _told.Add(what);
    }
}
