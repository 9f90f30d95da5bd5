using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Compatible;

/// <summary>Legal hold and labels, as Genesys' non-deletion and label resources have them. A hold is on the interaction,
/// so it covers screens that arrive later too.</summary>
internal static partial class LabelEndpoints
{
    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/recording-label-definitions", DefineAsync).RequireAuthorization(Policies.Supervisor);
        routes.MapGet("/api/v2/recording-label-definitions", ListAsync).RequireAuthorization(Policies.User).Produces<LabelList>();
        routes.MapPost("/api/v2/recordings/{id}", OperateAsync).RequireAuthorization(Policies.Supervisor).Produces<Desktop.StatusReply>();
    }

    private static async Task<IResult> DefineAsync(
        LabelForm form, DataStore store, AuditLog audit, ClaimsPrincipal who, CancellationToken stop)
    {
        if (!LabelName().IsMatch(form.Name))
        {
            return Problem.Of(ProblemCode.InvalidRequest, "name: 1 to 64 ASCII letters, digits, '.', '_' and '-', not starting with two underscores.");
        }

        var added = await store.WriteAsync(
            async db =>
            {
                if (await db.Set<LabelDefinition>().FindAsync([form.Name], stop) is not null)
                {
                    return false;
                }

                db.Add(new LabelDefinition { Name = form.Name, DisplayName = form.DisplayName ?? form.Name, Description = form.Description ?? "" });
                await audit.AppendAsync(db, who.NameOf(), AuditActions.LabelDefined, form.Name, "", stop);
                return true;
            },
            stop);
        return added
            ? TypedResults.Created($"/api/v2/recording-label-definitions/{form.Name}", form)
            : Problem.Of(ProblemCode.AlreadyExists, $"There is a label {form.Name} already.");
    }

    private static async Task<IResult> ListAsync(DataStore store, CancellationToken stop)
    {
        var rows = await store.ReadAsync(db => db.Set<LabelDefinition>().OrderBy(row => row.Name).ToListAsync(stop), stop);
        return TypedResults.Ok(new LabelList(0, rows.ConvertAll(row => new LabelForm(row.Name, row.DisplayName, row.Description))));
    }

    private static async Task<IResult> OperateAsync(
        string id, RecordingOperation form, DataStore store, AuditLog audit, ClaimsPrincipal who, CancellationToken stop)
    {
        var problem = await store.WriteAsync(
            async db =>
            {
                if (await db.Set<Interaction>().FindAsync([id], stop) is not { } row)
                {
                    return Problem.Of(ProblemCode.NotFound, $"There is no recording {id}.");
                }

                var (refusal, action) = await ApplyAsync(db, row, form, stop);
                if (refusal is null)
                {
                    await audit.AppendAsync(db, who.NameOf(), action, id, form.Label ?? "", stop);
                }

                return refusal;
            },
            stop);
        return problem is null ? TypedResults.Ok(new Desktop.StatusReply(0)) : problem;
    }

    private static async Task<(Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult? Refusal, string Action)> ApplyAsync(
        TandemDb db, Interaction row, RecordingOperation form, CancellationToken stop)
    {
        switch (form.OperationName)
        {
            case "applyNonDelete":
                row.NonDelete = true;
                return (null, AuditActions.HeldForever);
            case "removeNonDelete":
                row.NonDelete = false;
                return (null, AuditActions.HoldRemoved);
            case "addLabel" or "removeLabel" when form.Label is { } label:
                if (await db.Set<LabelDefinition>().FindAsync([label], stop) is null)
                {
                    return (Problem.Of(ProblemCode.NotFound, $"There is no label {label}."), "");
                }

                var others = row.Labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(known => known != label);
                var labels = form.OperationName == "addLabel" ? others.Append(label) : others;
                row.Labels = labels.Any() ? $",{string.Join(',', labels)}," : "";
                return (null, AuditActions.Labelled);
            default:
                return (Problem.Of(
                    ProblemCode.InvalidRequest,
                    "operationName: applyNonDelete, removeNonDelete, or addLabel and removeLabel with a label."), "");
        }
    }

    [GeneratedRegex("^(?!__)[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex LabelName();
}
