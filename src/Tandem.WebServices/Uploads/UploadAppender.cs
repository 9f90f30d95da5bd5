using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Uploading;

namespace Tandem.WebServices.Uploads;

/// <summary>Takes the body of one PATCH. The caller has the upload's turn.</summary>
internal sealed class UploadAppender
{
    private const int PieceBytes = 256 * 1024;

    /// <exception cref="OperationCanceledException">The sender went away or another one came; what arrived without a
    /// checksum is committed.</exception>
    /// <exception cref="IOException">The disk refuses: nothing is acknowledged.</exception>
    public async Task<AppendVerdict> AppendAsync(Upload upload, HttpRequest request, CancellationToken leave)
    {
        if (UploadEndpoints.Number(request, TusHeaders.Offset) is not { } offset)
            return new(400, "Upload-Offset is needed.");
        if (offset != upload.Offset)
            return new(409, $"The offset is {upload.Offset}.");
        if (upload.IsStored || upload.IsWhole)
            return request.ContentLength is 0 ? new(204) : new(403, "The upload is whole.");
        if (Declared(upload, request, offset) is { Problem: not null } bad)
            return bad;
        var length = UploadEndpoints.Number(request, TusHeaders.Length) ?? upload.Length;
        var digest = request.Headers[UploadHeaders.Digest].ToString() is { Length: > 0 } text ? text : upload.Digest;
        BodyChecksum? checksum = null;
        if (request.Headers[TusHeaders.Checksum].ToString() is { Length: > 0 } header && !BodyChecksum.TryParse(header, out checksum))
            return new(400, $"Upload-Checksum must be one of {BodyChecksum.Algorithms}.");
        using (checksum)
            return await TakeAsync(upload, request.Body, offset, length, digest, checksum, leave);
    }

    /// <summary>Lengths only grow, bodies fit the length, digests are SHA-256.</summary>
    private static AppendVerdict Declared(Upload upload, HttpRequest request, long offset)
    {
        var length = UploadEndpoints.Number(request, TusHeaders.Length);
        if (request.Headers.ContainsKey(TusHeaders.Length) && (length is null || length < offset))
            return new(400, "Upload-Length is not a length that this upload can have.");
        if (length > UploadEndpoints.LargestUpload)
            return new(413, "The upload is too large.");
        if (upload.Length is { } known && length is { } other && other != known)
            return new(400, $"Upload-Length was {known} before.");
        if (offset + (request.ContentLength ?? 0) > (length ?? upload.Length ?? UploadEndpoints.LargestUpload))
            return new(413, "The body reaches beyond Upload-Length.");
        var digest = request.Headers[UploadHeaders.Digest].ToString();
        return digest.Length is 0 || digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
            ? new(204) : new(400, "Tandem-Digest must be 64 lower-case hexadecimal digits.");
    }

    private static async Task<AppendVerdict> TakeAsync(
        Upload upload, Stream body, long offset, long? length, string? digest, BodyChecksum? checksum, CancellationToken leave)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var at = offset;
        try
        {
            while (await body.ReadAsync(buffer, leave) is var got and > 0)
            {
                if (at + got > (length ?? UploadEndpoints.LargestUpload))
                    return new(413, "The body reaches beyond Upload-Length.");
                checksum?.Add(buffer.AsSpan(0, got));
                upload.Write(at, buffer.AsSpan(0, got));
                at += got;
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException
            or BadHttpRequestException or ConnectionResetException && checksum is null && at > offset)
        {
            // What came is good: the sender goes on behind it (tus 1.0: the server should keep what it received).
            upload.Commit(at, upload.Length, upload.Digest);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (checksum is not null && !checksum.Holds())
            return new(TusHeaders.ChecksumMismatch, "The body does not have its Upload-Checksum.");
        upload.Commit(at, length, length is null ? null : digest);
        return new(204);
    }
}
