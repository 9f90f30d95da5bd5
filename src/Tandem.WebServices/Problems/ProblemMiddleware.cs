using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tandem.WebServices.Problems;

/// <summary>Turns what escapes an endpoint into a problem answer: a body that is not the expected JSON is the
/// client's, all else is ours and is logged.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException failure) when (!context.Response.HasStarted)
        {
            var inner = failure.InnerException is { } cause ? $" {cause.Message}" : "";
            await Problem.Of(ProblemCode.InvalidRequest, failure.Message + inner).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(log, context.Request.Path);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailed(log, failure, context.Request.Method, context.Request.Path);
            await Problem.Of(ProblemCode.Internal, "The failure was logged on the server.").ExecuteAsync(context);
        }
    }

    [LoggerMessage(6000, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger log, Exception failure, string method, string path);

    [LoggerMessage(6001, LogLevel.Debug, "The client left {Path}")]
    private static partial void LogGone(ILogger log, string path);
}
