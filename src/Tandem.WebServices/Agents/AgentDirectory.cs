using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Policy;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Agents;

/// <summary>All provisioned agents, kept ready because the path from a recording event to the command must not wait for
/// a query.</summary>
internal sealed class AgentDirectory(DataStore store, WebServicesOptions options)
{
    private ImmutableDictionary<string, AgentProfile> _byId = ImmutableDictionary<string, AgentProfile>.Empty;
    private ImmutableDictionary<string, AgentProfile> _byDn = ImmutableDictionary<string, AgentProfile>.Empty;

    public AgentProfile? ById(string agentId) => _byId.GetValueOrDefault(agentId);

    public AgentProfile? ByDn(string dn) => _byDn.GetValueOrDefault(dn);

    public IEnumerable<AgentProfile> All => _byId.Values;

    /// <summary>Reads all again, at the start and after each change.</summary>
    public async Task ReloadAsync(CancellationToken stop)
    {
        var rows = await store.ReadAsync(db => db.Set<Agent>().ToListAsync(stop), stop);
        var profiles = rows.ConvertAll(Profile);
        _byId = profiles.ToImmutableDictionary(profile => profile.AgentId);
        _byDn = profiles.Where(profile => profile.Dn is not null).ToImmutableDictionary(profile => profile.Dn!);
    }

    private AgentProfile Profile(Agent row)
    {
        var name = $"{row.FirstName} {row.LastName}".Trim();
        var when = string.IsNullOrWhiteSpace(row.RecordingWhen) ? options.Screen.RecordingWhen : row.RecordingWhen;
        // The text was checked when it was saved; the cluster's at the start.
        _ = PolicyParser.TryParse(when, out var policy, out _);
        return new AgentProfile(row.AgentId, row.UserName, name.Length > 0 ? name : row.UserName, row.Dn, policy with
        {
            RecordAfterCallWork = row.RecordAfterCallWork ?? options.Screen.RecordAfterCallWork,
            MaximumDurationUs = options.Screen.MaximumDurationMinutes * 60 * 1_000_000L,
        });
    }
}
