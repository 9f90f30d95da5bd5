using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Tandem.WebServices.Problems;

/// <summary>RFC 9457 answers.</summary>
internal static class Problem
{
    /// <param name="detail">One sentence for people: what, where, how to mend.</param>
    public static ProblemHttpResult Of(ProblemCode code, string detail)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(code.ToString());
        return TypedResults.Problem(
            detail: detail,
            statusCode: Status(code),
            title: Title(code),
            type: "urn:tandem:problem:" + JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString()),
            extensions: new Dictionary<string, object?> { ["code"] = name });
    }

    public static int Status(ProblemCode code) => code switch
    {
        ProblemCode.InvalidRequest => StatusCodes.Status400BadRequest,
        ProblemCode.NotSignedIn or ProblemCode.SignInFailed => StatusCodes.Status401Unauthorized,
        ProblemCode.Forbidden or ProblemCode.CsrfTokenMissing or ProblemCode.TokenNotValid => StatusCodes.Status403Forbidden,
        ProblemCode.NotFound or ProblemCode.NoMediaYet => StatusCodes.Status404NotFound,
        ProblemCode.AlreadyExists or ProblemCode.NoDn or ProblemCode.NotAtWork => StatusCodes.Status409Conflict,
        ProblemCode.SwitchRefused or ProblemCode.OnHold => StatusCodes.Status409Conflict,
        ProblemCode.TooManyAttempts => StatusCodes.Status429TooManyRequests,
        ProblemCode.SwitchUnavailable => StatusCodes.Status503ServiceUnavailable,
        ProblemCode.NotConfirmed => StatusCodes.Status504GatewayTimeout,
        ProblemCode.MediaDamaged or ProblemCode.Internal => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    private static string Title(ProblemCode code) => code switch
    {
        ProblemCode.InvalidRequest => "The request is not valid",
        ProblemCode.NotSignedIn => "Sign in first",
        ProblemCode.SignInFailed => "User name or password is wrong",
        ProblemCode.TooManyAttempts => "Too many failed attempts",
        ProblemCode.Forbidden => "Not allowed",
        ProblemCode.CsrfTokenMissing => "X-CSRF-TOKEN is missing or wrong",
        ProblemCode.NotFound => "Not found",
        ProblemCode.AlreadyExists => "It exists already",
        ProblemCode.TokenNotValid => "The token is unknown, used or expired",
        ProblemCode.NoDn => "The agent has no DN",
        ProblemCode.NotAtWork => "Not signed in for contacts",
        ProblemCode.SwitchUnavailable => "SIP Server is not connected",
        ProblemCode.SwitchRefused => "SIP Server refused",
        ProblemCode.NotConfirmed => "Not every recorder confirmed",
        ProblemCode.NoMediaYet => "No media has arrived",
        ProblemCode.MediaDamaged => "A seal of the media does not hold",
        ProblemCode.OnHold => "Under legal hold",
        ProblemCode.Internal => "Something went wrong here",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };
}
