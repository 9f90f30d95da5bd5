using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Uploading;

/// <summary>The requests of the upload protocol, one method each.</summary>
internal sealed class TusClient(Uri server, HttpClient http, AuthorizeRequest authorize)
{
    /// <summary>Makes the upload, or finds the one that exists.</summary>
    public async Task<TusPosition> CreateAsync(StreamSidecar sidecar, CancellationToken stop)
    {
        using var request = New(HttpMethod.Post, new Uri(server, TusHeaders.UploadsPath));
        var json = JsonSerializer.SerializeToUtf8Bytes(sidecar, ContractsJson.Default.StreamSidecar);
        request.Headers.Add(TusHeaders.Metadata, "sidecar " + Convert.ToBase64String(json));
        request.Headers.Add(TusHeaders.DeferLength, "1");
        using var response = await SendAsync(request, stop);
        if (response.StatusCode != HttpStatusCode.Created || response.Headers.Location is not { } location)
            throw await RefusedAsync("make an upload", response, stop);
        return await HeadAsync(new Uri(server, location), stop)
            ?? throw new UploadRefusedException("find the upload it made", HttpStatusCode.NotFound, location.ToString());
    }

    /// <summary>Null: RWS does not know the upload (any more).</summary>
    public async Task<TusPosition?> HeadAsync(Uri location, CancellationToken stop)
    {
        using var request = New(HttpMethod.Head, location);
        using var response = await SendAsync(request, stop);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        if (!response.IsSuccessStatusCode || Number(response, TusHeaders.Offset) is not { } offset)
            throw await RefusedAsync("say how far an upload is", response, stop);
        return new TusPosition(location, offset, Number(response, TusHeaders.Length),
            One(response, UploadHeaders.State) == UploadHeaders.StoredState ? One(response, UploadHeaders.Digest) : null);
    }

    /// <summary>Appends; 409 and 460 lead to a fresh position, 404 to null.</summary>
    /// <param name="final">With the last bytes: whole length, and digest where known.</param>
    public async Task<TusPosition?> PatchAsync(
        TusPosition at, ReadOnlyMemory<byte> bytes, (long Length, string? Digest)? final, CancellationToken stop)
    {
        using var request = New(HttpMethod.Patch, at.Location);
        request.Content = new ReadOnlyMemoryContent(bytes);
        request.Content.Headers.ContentType = new(TusHeaders.ContentType);
        request.Headers.Add(TusHeaders.Offset, Text(at.Offset));
        request.Headers.Add(TusHeaders.Checksum, "sha256 " + Convert.ToBase64String(SHA256.HashData(bytes.Span)));
        if (final is { } end)
        {
            request.Headers.Add(TusHeaders.Length, Text(end.Length));
            if (end.Digest is not null)
                request.Headers.Add(UploadHeaders.Digest, end.Digest);
        }

        using var response = await SendAsync(request, stop);
        return response.StatusCode switch
        {
            HttpStatusCode.NoContent when Number(response, TusHeaders.Offset) is { } offset =>
                at with { Offset = offset, Length = final?.Length ?? at.Length },
            HttpStatusCode.Conflict => await HeadAsync(at.Location, stop),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => null,
            _ => throw await RefusedAsync("take bytes", response, stop),
        };
    }

    public async Task ReportAsync(string path, byte[] json, CancellationToken stop)
    {
        using var request = New(HttpMethod.Post, new Uri(server, path));
        request.Headers.Remove(TusHeaders.Resumable);
        request.Content = new ByteArrayContent(json);
        request.Content.Headers.ContentType = new("application/json");
        using var response = await SendAsync(request, stop);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync($"take the report at {path}", response, stop);
    }

    private static HttpRequestMessage New(HttpMethod method, Uri uri)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Add(TusHeaders.Resumable, TusHeaders.Version);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        await authorize(request, stop);
        return await http.SendAsync(request, stop);
    }

    private static async Task<UploadRefusedException> RefusedAsync(
        string what, HttpResponseMessage response, CancellationToken stop)
    {
        var body = await response.Content.ReadAsStringAsync(stop);
        return new UploadRefusedException(what, response.StatusCode, body.Length > 300 ? body[..300] : body);
    }

    private static string? One(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.First() : null;

    private static long? Number(HttpResponseMessage response, string header) =>
        long.TryParse(One(response, header), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
