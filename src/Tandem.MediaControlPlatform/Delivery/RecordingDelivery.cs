using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping.Spooling;
using Tandem.Safekeeping.Uploading;

namespace Tandem.MediaControlPlatform.Delivery;

/// <summary>Brings what the spool holds to the web role, and fetches the certificate that keys are wrapped to.</summary>
internal sealed class RecordingDelivery(Spool spool, McpOptions options, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private readonly HttpClient _http = new();
    private readonly List<SupervisedLoop> _loops = [];

    public void Start()
    {
        if (options.IngestCertificate is null)
            _loops.Add(SupervisedLoop.Start("ingest certificate", FetchAsync, time, log));
        var uploads = new UploadClient(
            spool, new UploadClientOptions { Server = options.Web!.Uri! }, _http, Authorize, time, log);
        _loops.Add(SupervisedLoop.Start("uploads", uploads.RunAsync, time, log));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in _loops)
            await loop.DisposeAsync();
        _http.Dispose();
    }

    private ValueTask Authorize(HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Web!.Token);
        return ValueTask.CompletedTask;
    }

    private async Task FetchAsync(CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                spool.SetIngestCertificate(await AskAsync(stop));
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or CryptographicException)
            {
                if (tries % 30 == 0)
                    RecordingLog.NoCertificate(log, options.Web!.Uri!, failure.Message);
            }
            await Task.Delay(Retry, time, stop);
        }
    }

    private async Task<X509Certificate2> AskAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(options.Web!.Uri!, "/api/v2/ingest-certificate"));
        await Authorize(request, stop);
        using var response = await _http.SendAsync(request, stop);
        response.EnsureSuccessStatusCode();
        return X509Certificate2.CreateFromPem(await response.Content.ReadAsStringAsync(stop));
    }

    /// <exception cref="OptionsException">The certificate file cannot be read.</exception>
    public static X509Certificate2 Read(string path)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new OptionsException($"mcp: ingestCertificate: {path} cannot be read: {failure.Message}", failure);
        }
    }
}
