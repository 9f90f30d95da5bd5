using System.Net;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.DirectoryNumbers;

namespace Tandem.SipServer.Control;

/// <summary>Finds the phones of a number: a provisioned DN's registered contacts, or the trunk with the longest prefix.</summary>
internal sealed class Router(Switchboard board)
{
    /// <summary>Where a dialled number leads: itself, or for a queue or routing point the DN of its longest-idle Ready
    /// agent without a call; null when none is free.</summary>
    /// <param name="except">Agents who were tried already.</param>
    public string? Resolve(string number, IReadOnlySet<string>? except = null)
    {
        if (board.Configuration.Dn(number) is not { IsQueue: true } queue) return number;
        return board.Configuration.MembersOf(queue)
            .Where(dn => except?.Contains(dn) != true && !board.Queues.IsOffered(dn))
            .Select(board.Dns.Find)
            .OfType<DirectoryNumber>()
            .Where(one => one.InService && one.Agent.State is AgentState.Ready && board.Model.Book.Of(one.Dn).Count == 0)
            .MinBy(one => one.Agent.IdleSince)?.Dn;
    }

    /// <summary>The plan, or the SIP status that says why there is none: 404 unknown, 480 no phone registered,
    /// 486 no agent of the queue free.</summary>
    public (RingPlan? Plan, int Status) To(
        string dialled, string callerDn, string? callUuid, IReadOnlySet<string>? except = null)
    {
        if (!DnPattern.IsNumber(dialled)) return (null, 404);
        if (Resolve(dialled, except) is not { } number) return (null, 486);
        var from = new NameAddress(SipUri.Of(callerDn, board.Advertise.ToString(), board.Options.Port))
        {
            DisplayName = board.Configuration.Dn(callerDn)?.DisplayName,
        };
        IReadOnlyList<(string, string)> headers = callUuid is null ? [] : [("X-Genesys-CallUUID", callUuid)];
        if (board.Configuration.Dn(number) is not null)
        {
            var targets = board.Bindings.Of(number)
                .Select(binding => new RingTarget(SipUri.Parse(binding.Contact), binding.Destination()))
                .ToArray();
            return targets.Length == 0
                ? (null, 480)
                : (new RingPlan(number, true, targets, from) { Headers = headers, RingSeconds = AgentRings(dialled) }, 200);
        }

        if (board.Configuration.TrunkFor(number) is not { } found) return (null, 404);
        var trunk = found.Trunk;
        var uri = SipUri.Of(number, trunk.Address, trunk.Port);
        if (trunk.Transport is not SipTransport.Udp)
            uri = uri with { Parameters = SipParameters.Of(("transport", trunk.Transport.ToString().ToLowerInvariant())) };
        return (
            new RingPlan(number, false, [new RingTarget(uri, trunk.Destination())], from) { Headers = headers, Trunk = found.Name },
            200);
    }

    private int? AgentRings(string dialled) =>
        board.Configuration.Dn(dialled) is { IsQueue: true, Delivery.AgentRingSeconds: > 0 and var seconds } ? seconds : null;
}
