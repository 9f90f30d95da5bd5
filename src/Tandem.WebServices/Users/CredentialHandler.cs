using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tandem.WebServices.Problems;

namespace Tandem.WebServices.Users;

/// <summary>Tries every <see cref="ICredential"/>; refusals are problem answers. No Basic challenge is sent, so that no
/// browser opens its own password window over our pages.</summary>
internal sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IEnumerable<ICredential> credentials) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        foreach (var credential in credentials)
        {
            if (await credential.ReadAsync(Context) is { } principal)
            {
                return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
            }
        }

        return AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Tandem realm=\"tandem\"";
        return Problem.Of(ProblemCode.NotSignedIn, "No valid session, Basic credentials, token or device signature came with the request.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(ProblemCode.Forbidden, $"{Context.User.NameOf()} may not do this.").ExecuteAsync(Context);
}
