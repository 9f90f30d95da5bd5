using Tandem.WebServices.Store;

namespace Tandem.WebServices.Interactions;

internal static class SegmentAgents
{
    /// <summary>Says that the segment belongs to the agent; safe to repeat.</summary>
    public static async Task AddAsync(TandemDb db, string segmentId, string agentId, string dn, CancellationToken stop)
    {
        if (await db.Set<SegmentAgent>().FindAsync([segmentId, agentId], stop) is null)
        {
            db.Add(new SegmentAgent { SegmentId = segmentId, AgentId = agentId, Dn = dn });
        }
    }
}
