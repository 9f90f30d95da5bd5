using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Dialogs;

/// <summary>
/// A dialog (RFC 3261 §12): identifiers, sequence numbers, remote target and route set. Thread-safe. Made by an INVITE or SUBSCRIBE
/// and its response.
/// </summary>
public sealed class Dialog
{
    private readonly Lock _lock = new();
    private readonly bool _secure;
    private uint _localSequence;
    private uint? _remoteSequence;

    private Dialog(string callId, string localTag, string remoteTag, NameAddress local, NameAddress remote, bool secure)
    {
        CallId = callId;
        LocalTag = localTag;
        RemoteTag = remoteTag;
        Local = local;
        Remote = remote;
        _secure = secure;
    }

    public string CallId { get; }

    public string LocalTag { get; }

    /// <summary>Empty when the peer is of RFC 2543 and gave none.</summary>
    public string RemoteTag { get; }

    /// <summary>Our From in requests we send, with tag.</summary>
    public NameAddress Local { get; }

    /// <summary>Our To in requests we send, with tag.</summary>
    public NameAddress Remote { get; }

    /// <summary>Where requests go: the peer's Contact.</summary>
    public SipUri RemoteTarget { get; private set; } = new();

    /// <summary>Route values, topmost first; fixed once confirmed.</summary>
    public IReadOnlyList<string> RouteSet { get; private set; } = [];

    public DialogState State { get; private set; } = DialogState.Early;

    /// <summary>The last CSeq number we used.</summary>
    public uint LocalSequence
    {
        get
        {
            lock (_lock) return _localSequence;
        }
    }

    /// <summary>Transport and address the peer was last heard from; requests go there when the route set is empty and the transport is a stream.</summary>
    public SipDestination? Flow { get; set; }

    /// <summary>The caller's side: from its request and a response with a To tag (§12.1.2).</summary>
    public static Dialog FromResponse(SipRequest request, SipResponse response)
    {
        var to = response.To;
        var dialog = new Dialog(request.CallId, request.FromTag ?? "", to.Tag ?? "", request.From, to, request.RequestUri.Scheme == "sips")
        {
            _localSequence = request.CSeq.Number,
        };
        dialog.UpdateFromResponse(response);
        if (dialog.RemoteTarget.Host.Length == 0) dialog.RemoteTarget = request.RequestUri;
        return dialog;
    }

    /// <summary>The callee's side: from the request received and the tag we give (§12.1.1).</summary>
    public static Dialog FromRequest(SipRequest request, string localTag)
    {
        var from = request.From;
        var dialog = new Dialog(request.CallId, localTag, from.Tag ?? "", request.To.WithTag(localTag), from, request.RequestUri.Scheme == "sips")
        {
            _remoteSequence = request.CSeq.Number,
            RouteSet = [.. request.Headers.Elements(HeaderNames.RecordRoute)],
            RemoteTarget = request.Contact?.Uri ?? from.Uri,
        };
        return dialog;
    }

    /// <summary>Takes Contact and, until confirmed, Record-Route of a response to the dialog-making request; a 2xx confirms.</summary>
    public void UpdateFromResponse(SipResponse response)
    {
        lock (_lock)
        {
            if (response.Contact is { } contact) RemoteTarget = contact.Uri;
            if (State == DialogState.Early) RouteSet = [.. response.Headers.Elements(HeaderNames.RecordRoute).Reverse()];
            if (response.IsSuccess && State == DialogState.Early) State = DialogState.Confirmed;
        }
    }

    /// <summary>Takes the Contact of a target refresh (re-INVITE, UPDATE, and responses to them; §12.2).</summary>
    public void RefreshTarget(SipMessage message)
    {
        if (message.Contact is { } contact) RemoteTarget = contact.Uri;
    }

    /// <summary>We answered 2xx.</summary>
    public void Confirm()
    {
        lock (_lock)
        {
            if (State == DialogState.Early) State = DialogState.Confirmed;
        }
    }

    public void Terminate() => State = DialogState.Terminated;

    /// <summary>
    /// Checks order (§12.2.2): false when the CSeq is not above the last one, which is answered 500. ACK and CANCEL do not count.
    /// </summary>
    public bool AcceptSequence(SipRequest request)
    {
        var number = request.CSeq.Number;
        if (request.Method is SipMethods.Ack or SipMethods.Cancel) return true;
        lock (_lock)
        {
            if (_remoteSequence is { } last && number <= last) return false;
            _remoteSequence = number;
            return true;
        }
    }

    /// <summary>A request inside the dialog with the next CSeq, routes and Max-Forwards; Via and Contact come later (§12.2.1.1).</summary>
    public SipRequest CreateRequest(string method)
    {
        return Build(method, NextSequence());
    }

    /// <summary>Takes the next CSeq number, for a request sent anew with credentials.</summary>
    internal uint NextSequence()
    {
        lock (_lock) return ++_localSequence;
    }

    /// <summary>The ACK to a 2xx: CSeq number of the INVITE (§13.2.2.4).</summary>
    public SipRequest CreateAck(uint inviteSequence) => Build(SipMethods.Ack, inviteSequence);

    private SipRequest Build(string method, uint number)
    {
        var routes = RouteSet;
        var target = RemoteTarget;
        var uri = target with { Headers = null };
        if (routes.Count > 0 && NameAddress.TryParse(routes[0], out var first) && !first.Uri.IsLooseRouter)
        {
            // A strict router (RFC 2543): its URI becomes the Request-URI and the target goes last.
            routes = [.. routes.Skip(1), "<" + target + ">"];
            uri = first.Uri;
        }
        var request = new SipRequest(method, uri);
        foreach (var route in routes) request.Headers.Add(HeaderNames.Route, route);
        request.Headers.Add(HeaderNames.From, Local.ToString());
        request.Headers.Add(HeaderNames.To, Remote.ToString());
        request.Headers.Add(HeaderNames.CallId, CallId);
        request.Headers.Add(HeaderNames.CSeq, new CSeq(number, method).ToString());
        request.Headers.Add(HeaderNames.MaxForwards, "70");
        return request;
    }

    /// <summary>True when the dialog was made with a sips URI.</summary>
    public bool IsSecure => _secure;
}
