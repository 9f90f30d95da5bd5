using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Agents;

/// <summary>Writes an agent and his user together.</summary>
internal static class AgentSaving
{
    /// <returns>Null, or what it collides with.</returns>
    public static async Task<IResult?> SaveAsync(TandemDb db, string agentId, AgentForm form, string? passwordHash, CancellationToken stop)
    {
        var userName = form.UserName.Trim().ToLowerInvariant();
        var user = await db.Set<UserAccount>().FirstOrDefaultAsync(row => row.UserName == userName, stop);
        if (user is not null && user.AgentId != agentId)
        {
            return Problem.Of(ProblemCode.AlreadyExists, $"The user name {userName} belongs to someone else.");
        }

        if (form.Dn is not null && await db.Set<Agent>().AnyAsync(row => row.Dn == form.Dn && row.AgentId != agentId, stop))
        {
            return Problem.Of(ProblemCode.AlreadyExists, $"The DN {form.Dn} belongs to another agent.");
        }

        if (user is null && passwordHash is null)
        {
            return Problem.Of(ProblemCode.InvalidRequest, "password: a new agent needs one.");
        }

        var agent = await db.Set<Agent>().FirstOrDefaultAsync(row => row.AgentId == agentId, stop);
        if (agent is null)
        {
            agent = new Agent { AgentId = agentId, UserName = userName, Shard = Sharding.Of(agentId) };
            db.Add(agent);
        }
        else if (agent.UserName != userName)
        {
            await db.Set<UserAccount>().Where(row => row.UserName == agent.UserName).ExecuteDeleteAsync(stop);
        }

        Fill(agent, form, userName);
        SaveUser(db, user, agentId, userName, form, passwordHash);
        return null;
    }

    private static void Fill(Agent agent, AgentForm form, string userName)
    {
        agent.UserName = userName;
        agent.FirstName = form.FirstName ?? "";
        agent.LastName = form.LastName ?? "";
        agent.Dn = form.Dn;
        agent.RecordingWhen = string.IsNullOrWhiteSpace(form.RecordingWhen) ? null : form.RecordingWhen.Trim();
        agent.RecordAfterCallWork = form.RecordAfterCallWork;
    }

    private static void SaveUser(TandemDb db, UserAccount? user, string agentId, string userName, AgentForm form, string? passwordHash)
    {
        var roles = string.Join(',', form.Roles ?? ["agent"]);
        if (user is null)
        {
            db.Add(new UserAccount { UserName = userName, PasswordHash = passwordHash!, Roles = roles, AgentId = agentId });
            return;
        }

        user.Roles = roles;
        user.PasswordHash = passwordHash ?? user.PasswordHash;
    }
}
