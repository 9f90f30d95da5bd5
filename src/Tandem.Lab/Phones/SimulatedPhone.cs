using System.Net;
using Tandem.Lab.Machines;
using Tandem.Lab.Network;
using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Lab.Phones;

/// <summary>A telephone of one DN: registers by digest, calls, rings until told to answer, follows hold, re-INVITE and
/// "talk".</summary>
public sealed class SimulatedPhone : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _password;
    private readonly IPEndPoint _server;
    private readonly SipTransport _transport;
    private readonly IAudioSource _microphone;
    private readonly TimeProvider _time;
    private readonly Impairment? _impairment;
    private readonly SipEndpoint _endpoint;
    private readonly UserAgent _agent;
    private readonly Lock _gate = new();
    private readonly List<PhoneCall> _calls = [];
    private TaskCompletionSource<PhoneCall> _rings = New();
    private Registration? _registration;

    /// <param name="sipPort">Of SIP Server on loopback.</param>
    /// <param name="microphone">What this phone sends in every call.</param>
    public SimulatedPhone(
        string dn,
        string password,
        int sipPort,
        IAudioSource microphone,
        TimeProvider time,
        Impairment? impairment = null,
        SipTransport transport = SipTransport.Udp)
    {
        (Dn, _password, _microphone, _time, _impairment, _transport) = (dn, password, microphone, time, impairment, transport);
        _server = new IPEndPoint(IPAddress.Loopback, sipPort);
        _endpoint = SipEndpoint.Start(new SipEndpointOptions { Listen = [new(IPAddress.Loopback, FreePorts.Next())] }, time);
        _agent = new UserAgent(_endpoint, new UserAgentOptions
        {
            ContactUser = dn,
            Product = "Tandem lab phone",
            Credentials = new DigestCredentials(dn, password),
        })
        {
            OnInvite = TakeCall,
        };
    }

    public string Dn { get; }

    /// <summary>Oldest first; over ones too, for what they heard.</summary>
    public IReadOnlyList<PhoneCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <exception cref="LabException">Refused; the message has the answer.</exception>
    public async Task RegisterAsync(CancellationToken stop)
    {
        _registration = _agent.Register(
            Address(Dn), SipUri.Of(null, _server), new DigestCredentials(Dn, _password), new SipDestination(_transport, _server));
        var reply = await _registration.First.WaitAsync(Patience, stop);
        if (!reply.IsSuccess)
            throw new LabException($"{Dn} cannot register: {reply.StatusCode} {reply.ReasonPhrase}");
    }

    /// <summary>Dials a DN; the call comes back at once, see <see cref="PhoneCall.Ringing"/>.</summary>
    public PhoneCall Dial(string dn)
    {
        var invite = new OutgoingInvite(Address(dn), new NameAddress(Address(Dn)))
        {
            Destination = new SipDestination(_transport, _server),
        };
        return Keep(PhoneCall.Dial(_agent, invite, NewMedia()));
    }

    /// <summary>The next call that rings here and was not taken by an earlier wait.</summary>
    public async Task<PhoneCall> RingAsync(CancellationToken stop)
    {
        var call = await _rings.Task.WaitAsync(Patience, stop);
        lock (_gate)
            _rings = New();
        return call;
    }

    private void TakeCall(InviteSession session)
    {
        var call = Keep(PhoneCall.Receive(session, NewMedia()));
        lock (_gate)
            _rings.TrySetResult(call);
    }

    private PhoneMedia NewMedia() => new(_microphone, _time, _impairment);

    private PhoneCall Keep(PhoneCall call)
    {
        lock (_gate)
            _calls.Add(call);
        return call;
    }

    private SipUri Address(string dn) => SipUri.Of(dn, _server);

    private static TaskCompletionSource<PhoneCall> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        foreach (var call in Calls)
            await call.DisposeAsync();
        if (_registration is not null)
            await _registration.DisposeAsync();
        await _endpoint.DisposeAsync();
    }
}
