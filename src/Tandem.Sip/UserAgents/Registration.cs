using System.Globalization;
using Tandem.Sip.Authentication;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.UserAgents;

/// <summary>A standing registration (RFC 3261 §10.2) of one contact.</summary>
public sealed class Registration : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly UserAgent _agent;
    private readonly SipUri _addressOfRecord;
    private readonly SipUri _registrar;
    private readonly DigestCredentials? _credentials;
    private readonly SipDestination? _destination;
    private readonly string _callId = UserAgent.NewCallId();
    private readonly string _tag = SipEndpoint.NewTag();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<SipResponse> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _expires;
    private uint _sequence;
    private Task _running = Task.CompletedTask;

    internal Registration(UserAgent agent, SipUri addressOfRecord, SipUri registrar, DigestCredentials? credentials, SipDestination? destination, int expires)
    {
        _agent = agent;
        _addressOfRecord = addressOfRecord;
        _registrar = registrar;
        _credentials = credentials;
        _destination = destination;
        _expires = expires;
    }

    /// <summary>The first final response; a 2xx means registered.</summary>
    public Task<SipResponse> First => _first.Task;

    /// <summary>Called after each attempt, on a pool thread.</summary>
    public Action<SipResponse>? OnResult { get; set; }

    /// <summary>Unregisters (Expires: 0) and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        if (_first.Task is { IsCompletedSuccessfully: true, Result.IsSuccess: true }) await SendAsync(0);
        _stop.Dispose();
    }

    internal void Begin() => _running = RunAsync();

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var response = await SendAsync(_expires);
            if (response.StatusCode == 423 && int.TryParse(response.Headers[HeaderNames.MinExpires], out var least) && least > _expires)
            {
                _expires = least;
                continue;
            }
            _first.TrySetResult(response);
            OnResult?.Invoke(response);
            try
            {
                await Task.Delay(response.IsSuccess ? TimeSpan.FromSeconds(Math.Max(1, Granted(response) / 2.0)) : RetryAfter, _agent.Endpoint.Time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private int Granted(SipResponse response)
    {
        var ours = _agent.Endpoint.AddressTowards(_destination);
        foreach (var text in response.Headers.Elements(HeaderNames.Contact))
        {
            if (NameAddress.TryParse(text, out var contact) && contact.Uri.Port == ours.Port && contact.Uri.User == _agent.Options.ContactUser && contact.Expires is { } seconds)
                return seconds;
        }
        return int.TryParse(response.Headers[HeaderNames.Expires], out var all) ? all : _expires;
    }

    private Task<SipResponse> SendAsync(int expires)
    {
        var request = new SipRequest(SipMethods.Register, _registrar);
        request.Headers.Add(HeaderNames.From, new NameAddress(_addressOfRecord).WithTag(_tag).ToString());
        request.Headers.Add(HeaderNames.To, new NameAddress(_addressOfRecord).ToString());
        request.Headers.Add(HeaderNames.CallId, _callId);
        request.Headers.Add(HeaderNames.CSeq, new CSeq(++_sequence, SipMethods.Register).ToString());
        request.Headers.Add(HeaderNames.MaxForwards, "70");
        request.Headers.Add(HeaderNames.Contact, _agent.ContactTowards(_destination ?? SipLocator.TryLocate(request)));
        request.Headers.Add(HeaderNames.Expires, expires.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(HeaderNames.Allow, _agent.AllowText);
        _agent.Identify(request);
        return _agent.SendAsync(request, _destination, _credentials, () => ++_sequence);
    }
}
