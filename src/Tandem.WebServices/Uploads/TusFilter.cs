using Microsoft.AspNetCore.Http;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Uploading;

namespace Tandem.WebServices.Uploads;

/// <summary>Protocol version on every request and answer; a disk that refuses is 507 or 503, never an acknowledgement.</summary>
internal sealed class TusFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers[TusHeaders.Resumable] = TusHeaders.Version;
        if (http.Request.Headers[TusHeaders.Resumable] != TusHeaders.Version)
        {
            http.Response.Headers["Tus-Version"] = TusHeaders.Version;
            return UploadEndpoints.Problem(412, $"Tus-Resumable must be {TusHeaders.Version}.");
        }

        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return UploadEndpoints.Problem(423, "Another request took the upload over.");
        }
        catch (BadHttpRequestException failure)
        {
            return UploadEndpoints.Problem(failure.StatusCode, failure.Message);
        }
        catch (IOException failure)
        {
            var full = failure is DurableException { IsDiskFull: true } || (failure.HResult & 0xFFFF) == 28;
            return UploadEndpoints.Problem(full ? 507 : 503, failure.Message);
        }
    }
}
