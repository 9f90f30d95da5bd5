using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tandem.Contracts.Srs;
using Tandem.Recordings;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>How a PC becomes known.</summary>
internal static class EnrolmentEndpoints
{
    private const long TokenLifeUs = 24 * 3600 * 1_000_000L;

    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/srs/enrolment-tokens", MintAsync).RequireAuthorization(Policies.Administrator).Produces<EnrolmentTokenView>();
        routes.MapPost("/api/v2/srs/enrol", EnrolAsync).AllowAnonymous().Produces<EnrolReply>();
    }

    private static async Task<IResult> MintAsync(
        DataStore store, AuditLog audit, TimeProvider time, ClaimsPrincipal who, CancellationToken stop)
    {
        var token = Tokens.Mint();
        var nowUs = time.NowMicros();
        await store.WriteAsync(
            async db =>
            {
                db.Add(new EnrolmentToken
                {
                    TokenHash = Tokens.HashOf(token),
                    CreatedBy = who.NameOf(),
                    CreatedUs = nowUs,
                    ExpiresUs = nowUs + TokenLifeUs,
                });
                await audit.AppendAsync(db, who.NameOf(), AuditActions.EnrolmentTokenMade, "", "", stop);
            },
            stop);
        return TypedResults.Ok(new EnrolmentTokenView(token, Iso.Of(nowUs + TokenLifeUs)));
    }

    private static async Task<IResult> EnrolAsync(
        EnrolRequest request, DataStore store, AuditLog audit, IIngestCertificate certificate,
        WebServicesOptions options, TimeProvider time, CancellationToken stop)
    {
        if (!ValidKey(request.PublicKey))
        {
            return Problem.Of(ProblemCode.InvalidRequest, "publicKey: base64 of an ECDSA P-256 SubjectPublicKeyInfo.");
        }

        var device = new Device
        {
            DeviceId = Guid.NewGuid().ToString(),
            PublicKey = request.PublicKey,
            HostName = request.HostName,
            SoftwareVersion = request.Version,
            EnrolledUs = time.NowMicros(),
        };
        var enrolled = await store.WriteAsync(
            async db =>
            {
                var hash = Tokens.HashOf(request.Token);
                var token = await db.Set<EnrolmentToken>().FirstOrDefaultAsync(row => row.TokenHash == hash, stop);
                if (token is null or { UsedUs: not null } || token.ExpiresUs < device.EnrolledUs)
                {
                    return false;
                }

                token.UsedUs = device.EnrolledUs;
                db.Add(device);
                await audit.AppendAsync(db, device.HostName, AuditActions.DeviceEnrolled, device.DeviceId, "", stop);
                return true;
            },
            stop);
        return enrolled
            ? TypedResults.Ok(new EnrolReply(device.DeviceId, options.ContactCenterId, certificate.Pem))
            : Problem.Of(ProblemCode.TokenNotValid, "Ask an administrator for a new enrolment token.");
    }

    private static bool ValidKey(string publicKey)
    {
        try
        {
            DeviceRegistry.Import(publicKey).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
