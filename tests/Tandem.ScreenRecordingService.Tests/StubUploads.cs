using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>tus 1.0 with deferred length, in memory.</summary>
internal sealed class StubUploads
{
    private readonly ConcurrentDictionary<string, StubUpload> uploads = [];

    public ICollection<StubUpload> All => uploads.Values;

    /// <summary>When each batch was here, by <see cref="Stopwatch.GetTimestamp"/>, and its size.</summary>
    public ConcurrentQueue<(long At, int Bytes)> Batches { get; } = [];

    /// <summary>As a server that lost an upload.</summary>
    public void Forget(string streamId) => uploads.TryRemove(streamId, out _);

    public StubUpload? Whole(string streamId) => uploads.TryGetValue(streamId, out var upload) && upload.Digest is not null ? upload : null;

    public void Map(WebApplication application)
    {
        application.MapPost("/api/v2/uploads", Create);
        application.MapMethods("/api/v2/uploads/{id}", ["HEAD"], Head);
        application.MapMethods("/api/v2/uploads/{id}", ["PATCH"], PatchAsync);
    }

    private void Create(HttpContext context)
    {
        var encoded = context.Request.Headers["Upload-Metadata"].ToString().Split(',')
            .Single(pair => pair.Trim().StartsWith("sidecar ", StringComparison.Ordinal)).Trim()[8..];
        var sidecar = JsonSerializer.Deserialize(Encoding.UTF8.GetString(Convert.FromBase64String(encoded)), ContractsJson.Default.StreamSidecar)!;
        var upload = uploads.GetOrAdd(sidecar.StreamId, _ => new StubUpload(sidecar));
        context.Response.StatusCode = 201;
        context.Response.Headers["Tus-Resumable"] = "1.0.0";
        context.Response.Headers.Location = $"/api/v2/uploads/{sidecar.StreamId}";
        context.Response.Headers["Upload-Offset"] = $"{upload.Length}";
    }

    private void Head(string id, HttpContext context)
    {
        context.Response.Headers["Tus-Resumable"] = "1.0.0";
        if (!uploads.TryGetValue(id, out var upload))
        {
            context.Response.StatusCode = 404;
            return;
        }
        context.Response.Headers["Upload-Offset"] = $"{upload.Length}";
        if (upload.Digest is null)
            return;
        context.Response.Headers["Upload-Length"] = $"{upload.Length}";
        context.Response.Headers[UploadHeaders.State] = UploadHeaders.StoredState;
        context.Response.Headers[UploadHeaders.Digest] = upload.Digest;
    }

    private async Task PatchAsync(string id, HttpContext context)
    {
        if (!uploads.TryGetValue(id, out var upload))
        {
            context.Response.StatusCode = 404;
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.Headers["Tus-Resumable"] = "1.0.0";
        if (long.Parse(context.Request.Headers["Upload-Offset"].ToString()) != upload.Length)
        {
            context.Response.StatusCode = 409;
            context.Response.Headers["Upload-Offset"] = $"{upload.Length}";
            return;
        }
        upload.Append(body.ToArray());
        Batches.Enqueue((Stopwatch.GetTimestamp(), (int)body.Length));
        if (context.Request.Headers.TryGetValue(UploadHeaders.Digest, out var digest))
            upload.Digest = digest.ToString();
        context.Response.StatusCode = 204;
        context.Response.Headers["Upload-Offset"] = $"{upload.Length}";
    }
}
