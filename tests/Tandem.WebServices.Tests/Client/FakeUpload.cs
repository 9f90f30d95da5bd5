using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Spooling;
using Tandem.Safekeeping.Uploading;
using Tandem.TestKit;

namespace Tandem.WebServices.Tests.Client;

/// <summary>A capture of a PC on its way: real spool, real upload client.</summary>
internal static class FakeUpload
{
    private const int LargestRecord = 1 << 20;

    public static async Task SendAsync(
        Uri server, X509Certificate2 ingest, Action<HttpRequestMessage> sign, ScreenCaptureReport report, IReadOnlyList<byte[]?> streams,
        CancellationToken stop)
    {
        using var folder = new TempFolder();
        using var spool = Spool.Open(folder.At("spool"), new SpoolOptions { IngestCertificate = ingest }, TimeProvider.System, NullLogger.Instance);
        foreach (var (part, bytes) in report.Parts.Zip(streams))
        {
            if (bytes is not null)
            {
                Put(spool, report, part, bytes);
            }
        }

        spool.Finish(
            report.CaptureId, "/internal-api/contact-centers/default/screen-recordings",
            JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Default.ScreenCaptureReport));
        using var http = new HttpClient();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var client = new UploadClient(
            spool, new UploadClientOptions { Server = server, BatchMs = 100, MaximumBackoffMs = 1000 }, http,
            (request, _) =>
            {
                sign(request);
                return ValueTask.CompletedTask;
            }, TimeProvider.System, NullLogger.Instance);
        var running = client.RunAsync(ending.Token);
        await client.DrainAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        await ending.CancelAsync();
        await running;
    }

    private static void Put(Spool spool, ScreenCaptureReport report, ScreenPart part, byte[] bytes)
    {
        var startUs = report.StartUs + (part.StartMs * 1000);
        var stream = spool.Open(new StreamSidecar
        {
            StreamId = part.StreamId,
            Kind = StreamKind.Screen,
            OwnerId = report.CaptureId,
            SubjectId = report.AgentId,
            MediaType = "video/mp4",
            StartUs = startUs,
            WrappedKey = "",
        }).Stream!;
        foreach (var record in bytes.Chunk(LargestRecord))
        {
            stream.Append(record, startUs, startUs);
        }

        stream.Close();
    }
}
