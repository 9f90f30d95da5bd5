using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Uploading;
using Tandem.WebServices.Users;

namespace Tandem.WebServices.Uploads;

/// <summary>tus 1.0 over HTTP: creation, creation-defer-length, checksum, termination. A 2xx means that the bytes are on
/// disk and the offset is committed.</summary>
internal sealed class UploadEndpoints(UploadShelf shelf, UploadKeeper keeper, UploadAppender appender)
{
    public const long LargestUpload = 64L << 30;
    private const string Extensions = "creation,creation-defer-length,checksum,termination";
    private static readonly TimeSpan TurnWait = TimeSpan.FromSeconds(10);

    public static IResult Options(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers[TusHeaders.Resumable] = TusHeaders.Version;
        headers["Tus-Version"] = TusHeaders.Version;
        headers["Tus-Extension"] = Extensions;
        headers["Tus-Checksum-Algorithm"] = BodyChecksum.Algorithms;
        headers["Tus-Max-Size"] = LargestUpload.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    public IResult Create(HttpContext http)
    {
        var request = http.Request;
        var length = Number(request, TusHeaders.Length);
        if (length is null == (request.Headers[TusHeaders.DeferLength] != "1"))
            return Problem(400, "Exactly one of Upload-Length and Upload-Defer-Length: 1 is needed.");
        if (length > LargestUpload)
            return Problem(413, "The upload is too large.");
        var (sidecar, problem) = TusMetadata.Sidecar(request.Headers[TusHeaders.Metadata]);
        if (sidecar is null)
            return Problem(400, problem!);
        var upload = shelf.FindOrCreate(sidecar, Sender(http));
        if (upload.Record.Sender != Sender(http))
            return Problem(403, "Another sender has this stream.");
        if (length is not null && upload.Length is null)
            upload.Commit(upload.Offset, length, upload.Digest);
        SetPosition(http, upload);
        return Results.Created($"{TusHeaders.UploadsPath}/{upload.Record.UploadId}", null);
    }

    public async Task<IResult> HeadAsync(HttpContext http, string id, CancellationToken stop)
    {
        if (Find(http, id) is not { } upload)
            return Results.NotFound();
        if (!upload.IsStored && upload.IsWhole)
        {
            // Storing it failed before, or was cut short by a restart.
            using var turn = await upload.EnterAsync(TurnWait, stop);
            if (turn is not null)
                await keeper.KeepAsync(upload, CancellationToken.None);
        }

        SetPosition(http, upload);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok();
    }

    public async Task<IResult> PatchAsync(HttpContext http, string id, CancellationToken stop)
    {
        if (Find(http, id) is not { } upload)
            return Results.NotFound();
        if (http.Request.ContentType != TusHeaders.ContentType)
            return Problem(415, $"The content type must be {TusHeaders.ContentType}.");
        using var turn = await upload.EnterAsync(TurnWait, stop);
        if (turn is null)
            return Problem(423, "Another request is writing this upload.");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, turn.Leave);
        var verdict = await appender.AppendAsync(upload, http.Request, either.Token);
        if (verdict.Status == StatusCodes.Status204NoContent && upload.IsWhole && !await keeper.KeepAsync(upload, CancellationToken.None))
            verdict = new AppendVerdict(TusHeaders.ChecksumMismatch, "The whole does not have the declared digest; begin anew.");
        SetPosition(http, upload);
        return verdict.Problem is { } problem ? Problem(verdict.Status, problem) : Results.NoContent();
    }

    public async Task<IResult> DeleteAsync(HttpContext http, string id, CancellationToken stop)
    {
        if (Find(http, id) is not { } upload)
            return Results.NotFound();
        using var turn = await upload.EnterAsync(TurnWait, stop);
        if (turn is null)
            return Problem(423, "Another request is writing this upload.");
        if (upload.IsStored || upload.IsWhole)
            return Problem(403, "A whole upload is a recording; its retention rules decide.");
        shelf.Remove(upload);
        return Results.NoContent();
    }

    internal static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static IResult Problem(int status, string title) => Results.Problem(title: title, statusCode: status);

    /// <summary>Another sender's upload looks like none.</summary>
    private Upload? Find(HttpContext http, string id) =>
        shelf.Find(id) is { } upload && upload.Record.Sender == Sender(http) ? upload : null;

    /// <summary>A device, a service and a person of one name are three senders.</summary>
    private static string Sender(HttpContext http) =>
        http.User.FindFirst(Person.ServiceClaim) is { } service ? "service:" + service.Value
        : http.User.FindFirst(Person.DeviceClaim) is { } device ? "device:" + device.Value
        : "user:" + http.User.NameOf();

    private static void SetPosition(HttpContext http, Upload upload)
    {
        var headers = http.Response.Headers;
        headers[TusHeaders.Offset] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        if (upload.Length is { } length)
            headers[TusHeaders.Length] = length.ToString(CultureInfo.InvariantCulture);
        else
            headers[TusHeaders.DeferLength] = "1";
        if (!upload.IsStored)
            return;
        headers[UploadHeaders.State] = UploadHeaders.StoredState;
        headers[UploadHeaders.Digest] = upload.Record.StoredDigest;
    }
}
