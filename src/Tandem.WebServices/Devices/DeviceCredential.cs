using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Tandem.Contracts.Srs;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Devices;

/// <summary>The signature of an enrolled PC.</summary>
internal sealed class DeviceCredential(DeviceRegistry registry, TimeProvider time) : ICredential
{
    public async Task<ClaimsPrincipal?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!DeviceSignature.TryParse(request.Headers.Authorization, out var signature)
            || await registry.KeyAsync(signature!.DeviceId, context.RequestAborted) is not { } key
            || !signature.Verify(request.Method, request.Path.Value ?? "", key, time))
        {
            return null;
        }

        return Person.Principal(new Claim(Person.DeviceClaim, signature.DeviceId));
    }
}
