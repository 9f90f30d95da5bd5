using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;
using Tandem.Safekeeping.Spooling;
using Tandem.Safekeeping.Uploading;
using Tandem.TestKit;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Tests.Uploads;

/// <summary>The real client against the real server.</summary>
public sealed class UploadClientTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_growing_stream_is_readable_on_the_server_and_then_stored_and_forgotten()
    {
        await using var host = await UploadHost.StartAsync(_folder.At("data"));
        using var spool = OpenSpool(host);
        await using var running = Run(spool, host.Address, out var reports);
        var stream = spool.Open(Sidecar("owner-1")).Stream!;
        stream.Append("grow"u8, 1, 1);
        var streams = host.Services.GetRequiredService<IMediaStreams>();
        await EventuallyAsync(async () => await ReadAsync(streams, stream.Sidecar.StreamId) == "grow");
        stream.Append("ing"u8, 2, 2);
        stream.Finish("/report", "{\"a\":1}"u8);
        await EventuallyAsync(() => Task.FromResult(!Directory.Exists(_folder.At("spool", "owner-1"))));
        Assert.Equal("growing", await ReadAsync(streams, stream.Sidecar.StreamId));
        Assert.Equal(["/report {\"a\":1}"], reports);
        Assert.Equal(0, spool.PendingBytes);
    }

    [Fact]
    public async Task Without_a_server_everything_waits_and_is_delivered_when_it_comes()
    {
        var port = FreePorts.One();
        var address = new Uri($"http://127.0.0.1:{port}");
        using var spool = Spool.Open(_folder.At("spool"), new SpoolOptions(), TimeProvider.System, NullLogger.Instance);
        await using var running = Run(spool, address, out var reports);
        var first = spool.Open(Sidecar("owner-1")).Stream!;
        first.Append("one"u8, 1, 1);
        first.Finish("/report", "1"u8);
        var second = spool.Open(Sidecar("owner-2")).Stream!;
        second.Append("two"u8, 1, 1);
        second.Finish("/report", "2"u8);
        spool.Finish("owner-3", "/report", "3"u8);
        await using var host = await UploadHost.StartAsync(_folder.At("data"), port: port);
        spool.SetIngestCertificate(host.Services.GetRequiredService<KeyRing>().Ingest);
        await running.Client.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["/report 1", "/report 2", "/report 3"], reports.Order());
        var streams = host.Services.GetRequiredService<IMediaStreams>();
        Assert.Equal("one", await ReadAsync(streams, first.Sidecar.StreamId));
        Assert.Equal("two", await ReadAsync(streams, second.Sidecar.StreamId));
    }

    [Fact]
    public async Task A_server_that_lost_its_uploads_gets_them_again()
    {
        var port = FreePorts.One();
        await using (var lost = await UploadHost.StartAsync(_folder.At("lost"), port: port))
        {
            using var spool = OpenSpool(lost);
            await using var running = Run(spool, lost.Address, out _);
            var stream = spool.Open(Sidecar("owner-1")).Stream!;
            stream.Append("kept"u8, 1, 1);
            await EventuallyAsync(async () => await ReadAsync(lost.Services.GetRequiredService<IMediaStreams>(), stream.Sidecar.StreamId) == "kept");
            await lost.DisposeAsync();
            Directory.Delete(_folder.At("lost", "uploads"), recursive: true);
            await using var host = await UploadHost.StartAsync(_folder.At("lost"), port: port);
            stream.Append(" and sent"u8, 2, 2);
            stream.Finish("/report", "{}"u8);
            await running.Client.DrainAsync(TestContext.Current.CancellationToken);
            Assert.Equal("kept and sent", await ReadAsync(host.Services.GetRequiredService<IMediaStreams>(), stream.Sidecar.StreamId));
        }
    }

    [Fact]
    public async Task What_the_server_has_beyond_a_cut_local_copy_is_kept()
    {
        await using var host = await UploadHost.StartAsync(_folder.At("data"));
        var streams = host.Services.GetRequiredService<IMediaStreams>();
        string id;
        using (var spool = OpenSpool(host))
        await using (Run(spool, host.Address, out _))
        {
            var stream = spool.Open(Sidecar("owner-1")).Stream!;
            id = stream.Sidecar.StreamId;
            stream.Append("one"u8, 1, 1);
            stream.Append("two"u8, 2, 2);
            await EventuallyAsync(async () => await ReadAsync(streams, id) == "onetwo");
            CopyCut(id, StreamHeader.SizeBytes + RecordHeader.SizeBytes + 3 + RecordHeader.TagSizeBytes + 5);
        }

        using var again = Spool.Open(_folder.At("cut"), new SpoolOptions { IngestCertificate = host.Services.GetRequiredService<KeyRing>().Ingest },
            TimeProvider.System, NullLogger.Instance);
        again.Recover(_ => new SpoolReport("/report", "{}"u8.ToArray()));
        await using var running = Run(again, host.Address, out _);
        await running.Client.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal("onetwo", await ReadAsync(streams, id));
    }

    [Fact]
    public async Task A_copy_that_its_own_disk_changed_is_delivered_as_damaged()
    {
        await using var host = await UploadHost.StartAsync(_folder.At("data"));
        using var spool = OpenSpool(host);
        var stream = spool.Open(Sidecar("owner-1")).Stream!;
        stream.Append("good"u8, 1, 1);
        stream.Append("bad"u8, 2, 2);
        stream.Finish("/report", "{}"u8);
        var path = _folder.At("spool", "owner-1", stream.Sidecar.StreamId + ".sealed");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[StreamHeader.SizeBytes + RecordHeader.SizeBytes + 4 + RecordHeader.TagSizeBytes] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        await using var running = Run(spool, host.Address, out _);
        await running.Client.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal("good", await ReadAsync(host.Services.GetRequiredService<IMediaStreams>(), stream.Sidecar.StreamId));
        var state = await host.Store.ReadAsync(db => db.Set<StoredStream>().Select(row => row.State).SingleAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("damaged", state);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What a power cut leaves of the spool: an open stream, cut within its second record.</summary>
    private void CopyCut(string streamId, int length)
    {
        Directory.CreateDirectory(_folder.At("cut", "owner-1"));
        foreach (var name in new[] { streamId + ".json", streamId + ".sealed" })
            File.Copy(_folder.At("spool", "owner-1", name), _folder.At("cut", "owner-1", name));
        using var file = new FileStream(_folder.At("cut", "owner-1", streamId + ".sealed"), FileMode.Open);
        file.SetLength(length);
    }

    private Spool OpenSpool(UploadHost host) => Spool.Open(_folder.At("spool"),
        new SpoolOptions { IngestCertificate = host.Services.GetRequiredService<KeyRing>().Ingest },
        TimeProvider.System, NullLogger.Instance);

    private static StreamSidecar Sidecar(string owner) => new()
    {
        StreamId = Guid.NewGuid().ToString(),
        Kind = StreamKind.Voice,
        OwnerId = owner,
        SubjectId = "CALL",
        MediaType = "audio/PCMA",
        StartUs = 5,
        WrappedKey = "",
    };

    private static RunningClient Run(Spool spool, Uri server, out List<string> reports)
    {
        var seen = new ReportCatcher();
        reports = seen.Reports;
        var http = new HttpClient(seen);
        var client = new UploadClient(spool, new UploadClientOptions { Server = server, BatchMs = 100, MaximumBackoffMs = 1000 }, http,
            (request, _) =>
            {
                request.Headers.Authorization = new("Bearer", "mcp");
                return ValueTask.CompletedTask;
            }, TimeProvider.System, NullLogger.Instance);
        return new RunningClient(client, http);
    }

    private static async Task<string?> ReadAsync(IMediaStreams streams, string streamId)
    {
        await using var media = await streams.OpenAsync(streamId, TestContext.Current.CancellationToken);
        if (media is null)
            return null;
        var bytes = new byte[media.Length];
        await media.ReadAsync(0, bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, limit.Token);
    }

    /// <summary>Stands in for the report endpoint, which is another feature's.</summary>
    private sealed class ReportCatcher() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<string> Reports { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath != "/report")
                return await base.SendAsync(request, cancellationToken);
            lock (Reports)
                Reports.Add("/report " + request.Content!.ReadAsStringAsync(cancellationToken).GetAwaiter().GetResult());
            return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
        }
    }

    private sealed class RunningClient : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly HttpClient _http;
        private readonly Task _task;

        public RunningClient(UploadClient client, HttpClient http)
        {
            Client = client;
            _http = http;
            _task = client.RunAsync(_stop.Token);
        }

        public UploadClient Client { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
            _http.Dispose();
            _stop.Dispose();
        }
    }
}
