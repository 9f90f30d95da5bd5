using Microsoft.EntityFrameworkCore;
using Tandem.Contracts.Cti;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

/// <summary>Rows of interactions, their parties and what is missing; each call is safe to repeat.</summary>
internal static class InteractionBook
{
    public static async Task<Interaction> OpenAsync(TandemDb db, string callUuid, long startUs, CancellationToken stop)
    {
        var row = await db.Set<Interaction>().FindAsync([callUuid], stop);
        if (row is null)
        {
            row = new Interaction
            {
                CallUuid = callUuid,
                Kind = InteractionKinds.Voice,
                StartUs = startUs,
                Shard = Sharding.Of(callUuid),
            };
            db.Add(row);
        }

        row.StartUs = Math.Min(row.StartUs, startUs);
        return row;
    }

    public static async Task OpenNonVoiceAsync(
        TandemDb db, string id, AgentProfile? agent, string agentId, long startUs, CancellationToken stop)
    {
        var row = await OpenAsync(db, id, startUs, stop);
        (row.Kind, row.Recorded, row.CallType) = (InteractionKinds.NonVoice, true, "");
        await PartyAsync(db, id, agent?.Dn ?? agentId, agent, startUs, stop, agentId);
    }

    public static async Task CloseNonVoiceAsync(TandemDb db, Screen screen, CancellationToken stop)
    {
        if (screen.InteractionId is { } own)
        {
            (await OpenAsync(db, own, screen.StartUs, stop)).StopUs = screen.StopUs;
        }
    }

    /// <summary>Adds the DN to the interaction, as an agent where it belongs to one.</summary>
    public static async Task PartyAsync(
        TandemDb db, string callUuid, string dn, AgentProfile? agent, long atUs, CancellationToken stop, string? agentId = null)
    {
        var row = await db.Set<Party>().FindAsync([callUuid, dn], stop);
        if (row is null)
        {
            row = new Party { CallUuid = callUuid, Dn = dn, Role = "customer", FirstUs = atUs };
            db.Add(row);
        }

        if (agent is not null || agentId is not null)
        {
            row.AgentId = agent?.AgentId ?? agentId;
            row.Name = agent?.Name ?? "";
            row.Role = "agent";
        }
    }

    /// <summary>Notes what should have been recorded and was not. The first reason stands.</summary>
    public static async Task MissAsync(
        TandemDb db, string callUuid, string agentId, string what, string why, long atUs, CancellationToken stop)
    {
        (await OpenAsync(db, callUuid, atUs, stop)).Recorded = true;
        if (await db.Set<MissingRow>().FindAsync([callUuid, agentId, what], stop) is null)
        {
            db.Add(new MissingRow { CallUuid = callUuid, AgentId = agentId, What = what, Why = why, AtUs = atUs });
        }
    }

    /// <summary>It came after all.</summary>
    public static async Task FoundAsync(TandemDb db, string callUuid, string agentId, string what, CancellationToken stop)
    {
        if (await db.Set<MissingRow>().FindAsync([callUuid, agentId, what], stop) is { } row)
        {
            db.Remove(row);
        }
    }

    public static string TypeName(CallType type) => type.ToString();
}
