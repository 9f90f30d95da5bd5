using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tandem.Hosting;

namespace Tandem.WebServices.Composition;

internal static class Listeners
{
    /// <summary>Uploads come in batches of about a MiB; screen fragments may be larger.</summary>
    private const long LargestBody = 64 << 20;

    public static void Configure(KestrelServerOptions kestrel, RoleContext context, WebServicesOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Listen(context.Listen, options.Port);
    }
}
