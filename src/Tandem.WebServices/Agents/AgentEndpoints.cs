using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Policy;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Agents;

/// <summary>Provisioning of agents and their users.</summary>
internal static partial class AgentEndpoints
{
    private static readonly string[] KnownRoles = ["agent", Policies.Supervisor, Policies.Administrator];

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/v2/agents/{agentId}", PutAsync).RequireAuthorization(Policies.Administrator).Produces<AgentView>();
        routes.MapGet("/api/v2/agents", ListAsync).RequireAuthorization(Policies.Supervisor).Produces<AgentList>();
    }

    private static async Task<IResult> PutAsync(
        string agentId, AgentForm form, DataStore store, AgentDirectory directory, AuditLog audit, ClaimsPrincipal who, CancellationToken stop)
    {
        if (Fault(agentId, form) is { } fault)
        {
            return Problem.Of(ProblemCode.InvalidRequest, fault);
        }

        var hash = form.Password is null ? null : Passwords.Hash(form.Password);
        var problem = await store.WriteAsync(
            async db =>
            {
                var conflict = await AgentSaving.SaveAsync(db, agentId, form, hash, stop);
                if (conflict is null)
                {
                    await audit.AppendAsync(db, who.NameOf(), AuditActions.AgentChanged, agentId, form.Dn ?? "", stop);
                }

                return conflict;
            },
            stop);
        if (problem is not null)
        {
            return problem;
        }

        await directory.ReloadAsync(stop);
        return TypedResults.Ok((await ReadAsync(store, stop)).Single(view => view.AgentId == agentId));
    }

    private static async Task<IResult> ListAsync(DataStore store, CancellationToken stop) =>
        TypedResults.Ok(new AgentList(await ReadAsync(store, stop)));

    private static Task<List<AgentView>> ReadAsync(DataStore store, CancellationToken stop) => store.ReadAsync(
        async db =>
        {
            var users = await db.Set<UserAccount>().ToDictionaryAsync(user => user.UserName, stop);
            var agents = await db.Set<Agent>().OrderBy(agent => agent.AgentId).ToListAsync(stop);
            return agents.ConvertAll(agent => new AgentView(
                agent.AgentId, agent.UserName, agent.FirstName, agent.LastName, agent.Dn,
                users.TryGetValue(agent.UserName, out var user) ? Person.RolesOf(user) : [],
                agent.RecordingWhen, agent.RecordAfterCallWork));
        },
        stop);

    private static string? Fault(string agentId, AgentForm form)
    {
        if (!Identifier().IsMatch(agentId))
        {
            return "agentId: 1 to 64 lower-case letters, digits, '.', '_' and '-'.";
        }

        if (string.IsNullOrWhiteSpace(form.UserName) || form.UserName.Contains(':', StringComparison.Ordinal))
        {
            return "userName: not empty and without a colon.";
        }

        if (form.Password is { Length: < Passwords.ShortestPassword })
        {
            return $"password: at least {Passwords.ShortestPassword} characters.";
        }

        if (form.Dn is not null && !Dn().IsMatch(form.Dn))
        {
            return "dn: 1 to 32 letters, digits, '+', '*', '#', '.', '_' and '-'.";
        }

        if (form.Roles?.FirstOrDefault(role => !KnownRoles.Contains(role)) is { } unknown)
        {
            return $"roles: '{unknown}' is not known; expected {string.Join(", ", KnownRoles)}.";
        }

        return PolicyParser.TryParse(form.RecordingWhen, out _, out var problem) ? null : problem;
    }

    [GeneratedRegex("^[a-z0-9._-]{1,64}$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^[A-Za-z0-9+*#._-]{1,32}$")]
    private static partial Regex Dn();
}
