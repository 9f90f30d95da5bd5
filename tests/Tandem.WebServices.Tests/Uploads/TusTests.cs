using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;
using Tandem.TestKit;

namespace Tandem.WebServices.Tests.Uploads;

#pragma warning disable CA5350 // tus asks for SHA-1 beside better.
public sealed class TusTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly byte[] _sealed = Seal();
    private readonly StreamSidecar _sidecar = Sidecar(StreamId.ToString());
    private static readonly Guid StreamId = Guid.Parse("0d5c6f0e-3a53-4a51-9f0e-2d6ad9f61a11");
    private UploadHost _host = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await UploadHost.StartAsync(_folder.At("data"));
        _http = new HttpClient { BaseAddress = _host.Address };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer mcp");
        _http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
    }

    [Fact]
    public async Task Options_say_what_is_offered()
    {
        using var answer = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v2/uploads"), Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("creation,creation-defer-length,checksum,termination", One(answer, "Tus-Extension"));
        Assert.Equal("sha256,sha1", One(answer, "Tus-Checksum-Algorithm"));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_taken()
    {
        using var anonymous = new HttpClient { BaseAddress = _host.Address };
        using var answer = await anonymous.PostAsync("/api/v2/uploads", null, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_upload_in_pieces_is_stored_whole()
    {
        var location = await CreateAsync();
        Assert.Equal(204, await PatchAsync(location, 0, _sealed[..100]));
        Assert.Equal(100, await OffsetAsync(location));
        Assert.Equal(204, await PatchAsync(location, 100, _sealed[100..], final: true));
        using var head = await HeadAsync(location);
        Assert.Equal("stored", One(head, UploadHeaders.State));
        Assert.Equal(SealedScan.Bytes(_sealed).Digest, One(head, UploadHeaders.Digest));
        var stored = Assert.Single(Directory.GetFiles(_folder.At("data", "vault"), "*.sealed", SearchOption.AllDirectories));
        Assert.Equal(_sealed, await File.ReadAllBytesAsync(stored, Stop));
        Assert.EndsWith($"default/2026/03/01/owner-1/{StreamId}.sealed", stored.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.At("data", "uploads"), "data", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Creation_of_a_known_stream_gives_the_upload_that_exists()
    {
        var location = await CreateAsync();
        await PatchAsync(location, 0, _sealed[..70]);
        using var again = await _http.SendAsync(Creation(_sidecar), Stop);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(location, again.Headers.Location!.ToString());
        Assert.Equal("70", One(again, "Upload-Offset"));
    }

    [Fact]
    public async Task A_wrong_offset_is_a_conflict_that_names_the_true_one()
    {
        var location = await CreateAsync();
        await PatchAsync(location, 0, _sealed[..70]);
        using var answer = await _http.SendAsync(Patch(location, 60, _sealed[60..80]), Stop);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("70", One(answer, "Upload-Offset"));
        Assert.Equal(70, await OffsetAsync(location));
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha1")]
    public async Task A_body_without_its_checksum_is_not_taken(string algorithm)
    {
        var location = await CreateAsync();
        var wrong = algorithm == "sha1" ? SHA1.HashData([1]) : SHA256.HashData([1]);
        Assert.Equal(460, await PatchAsync(location, 0, _sealed[..70], checksum: $"{algorithm} {Convert.ToBase64String(wrong)}"));
        Assert.Equal(0, await OffsetAsync(location));
        var right = algorithm == "sha1" ? SHA1.HashData(_sealed.AsSpan(0, 70)) : SHA256.HashData(_sealed.AsSpan(0, 70));
        Assert.Equal(204, await PatchAsync(location, 0, _sealed[..70], checksum: $"{algorithm} {Convert.ToBase64String(right)}"));
        Assert.Equal(400, await PatchAsync(location, 70, _sealed[70..], checksum: "md5 AAAA"));
    }

    [Fact]
    public async Task A_whole_that_differs_from_the_declared_digest_begins_anew()
    {
        var location = await CreateAsync();
        var bad = (byte[])_sealed.Clone();
        bad[^20] ^= 1;
        Assert.Equal(460, await PatchAsync(location, 0, bad, final: true));
        Assert.Equal(0, await OffsetAsync(location));
        Assert.Equal(204, await PatchAsync(location, 0, _sealed, final: true));
    }

    [Fact]
    public async Task Bodies_beyond_the_length_are_refused()
    {
        var location = await CreateAsync();
        using var request = Patch(location, 0, _sealed);
        request.Headers.Add("Upload-Length", "50");
        using var answer = await _http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, await OffsetAsync(location));
    }

    [Fact]
    public async Task Another_sender_sees_nothing()
    {
        var location = await CreateAsync();
        using var other = new HttpClient { BaseAddress = _host.Address };
        other.DefaultRequestHeaders.Add("Authorization", "Bearer another");
        other.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
        using var head = await other.SendAsync(new HttpRequestMessage(HttpMethod.Head, location), Stop);
        using var create = await other.SendAsync(Creation(_sidecar), Stop);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (head.StatusCode, create.StatusCode));
    }

    [Fact]
    public async Task A_terminated_upload_is_gone_but_a_stored_one_stays()
    {
        var location = await CreateAsync();
        await PatchAsync(location, 0, _sealed[..70]);
        using (var deleted = await _http.DeleteAsync(location, Stop))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using (var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, location), Stop))
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        location = await CreateAsync();
        await PatchAsync(location, 0, _sealed, final: true);
        using (var refused = await _http.DeleteAsync(location, Stop))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var still = await HeadAsync(location))
            Assert.Equal("stored", One(still, UploadHeaders.State));
    }

    [Theory]
    [InlineData("../../etc/passwd", "owner-1")]
    [InlineData("0D5C6F0E-3A53-4A51-9F0E-2D6AD9F61A11", "owner-1")]
    [InlineData("0d5c6f0e-3a53-4a51-9f0e-2d6ad9f61a11", "../escape")]
    [InlineData("0d5c6f0e-3a53-4a51-9f0e-2d6ad9f61a11", "a/b")]
    public async Task Hostile_names_reach_no_disk(string streamId, string ownerId)
    {
        using var answer = await _http.SendAsync(Creation(Sidecar(streamId) with { OwnerId = ownerId }), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Directory.GetDirectories(_folder.At("data", "uploads")));
    }

    [Fact]
    public async Task Acknowledged_bytes_and_the_stored_state_outlive_a_restart()
    {
        var location = await CreateAsync();
        await PatchAsync(location, 0, _sealed[..70]);
        var data = Directory.GetFiles(_folder.At("data", "uploads"), "data", SearchOption.AllDirectories)[0];
        await RestartAsync(() => File.AppendAllText(data, "never acknowledged"));
        Assert.Equal(70, await OffsetAsync(location));
        Assert.Equal(204, await PatchAsync(location, 70, _sealed[70..], final: true));
        await RestartAsync();
        using var head = await HeadAsync(location);
        Assert.Equal("stored", One(head, UploadHeaders.State));
    }

    [Fact]
    public async Task A_stream_sent_once_more_after_its_upload_was_forgotten_is_the_same_object()
    {
        await PatchAsync(await CreateAsync(), 0, _sealed, final: true);
        await RestartAsync(() => Directory.Delete(_folder.At("data", "uploads"), recursive: true));
        var location = await CreateAsync();
        Assert.Equal(204, await PatchAsync(location, 0, _sealed, final: true));
        using var head = await HeadAsync(location);
        Assert.Equal("stored", One(head, UploadHeaders.State));
        Assert.Single(Directory.GetFiles(_folder.At("data", "vault"), "*.sealed", SearchOption.AllDirectories));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static StreamSidecar Sidecar(string streamId) => new()
    {
        StreamId = streamId,
        Kind = StreamKind.Voice,
        OwnerId = "owner-1",
        SubjectId = "CALL",
        MediaType = "audio/PCMA",
        Rate = 8000,
        StartUs = 1_772_323_200_000_000,
        WrappedKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("not a key")),
    };

    private static byte[] Seal()
    {
        using var key = StreamKey.Create();
        using var writer = new SealedStreamWriter(StreamId, key);
        var bytes = writer.Header.ToArray().ToList();
        foreach (var (text, last) in new[] { ("first", false), ("second", false), ("", true) })
        {
            var buffer = new byte[200];
            bytes.AddRange(buffer[..writer.Seal(Encoding.ASCII.GetBytes(text), 1, 1, last, buffer)]);
        }

        return [.. bytes];
    }

    private async Task RestartAsync(Action? between = null)
    {
        await _host.DisposeAsync();
        between?.Invoke();
        _host = await UploadHost.StartAsync(_folder.At("data"), port: _host.Address.Port);
    }

    private static HttpRequestMessage Creation(StreamSidecar sidecar)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(sidecar, ContractsJson.Default.StreamSidecar);
        return new HttpRequestMessage(HttpMethod.Post, "/api/v2/uploads")
        {
            Headers = { { "Upload-Metadata", "sidecar " + Convert.ToBase64String(json) }, { "Upload-Defer-Length", "1" } },
        };
    }

    private async Task<string> CreateAsync()
    {
        using var answer = await _http.SendAsync(Creation(_sidecar), Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static HttpRequestMessage Patch(string location, long offset, byte[] bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, location) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    private async Task<int> PatchAsync(string location, long offset, byte[] bytes, bool final = false, string? checksum = null)
    {
        using var request = Patch(location, offset, bytes);
        if (checksum is not null)
            request.Headers.Add("Upload-Checksum", checksum);
        if (final)
        {
            request.Headers.Add("Upload-Length", (offset + bytes.Length).ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.Add(UploadHeaders.Digest, SealedScan.Bytes(_sealed).Digest);
        }

        using var answer = await _http.SendAsync(request, Stop);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> HeadAsync(string location) =>
        (await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, location), Stop)).EnsureSuccessStatusCode();

    private async Task<long> OffsetAsync(string location)
    {
        using var head = await HeadAsync(location);
        return long.Parse(One(head, "Upload-Offset"), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string One(HttpResponseMessage answer, string header) => answer.Headers.GetValues(header).Single();
}
