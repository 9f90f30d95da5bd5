using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Tandem.Contracts.Srs;
using Tandem.Safekeeping;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>This PC as RWS knows it: the enrolment and the private key that never leaves the data folder.</summary>
internal sealed class Device(DeviceRecord record, ECDsa key, TimeProvider time) : IDisposable
{
    private readonly Lock signing = new();

    public string Id => record.DeviceId;
    public string ContactCenterId => record.ContactCenterId;

    public X509Certificate2 IngestCertificate() => X509Certificate2.CreateFromPem(record.IngestCertificate);

    /// <summary>Null where the folder is not enrolled.</summary>
    /// <exception cref="ServiceException">Enrolled, but not readable.</exception>
    public static Device? Load(string folder, TimeProvider time)
    {
        var path = Path.Combine(folder, DataFolder.Device);
        if (!File.Exists(path))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), DeviceJson.Default.DeviceRecord);
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(Path.Combine(folder, DataFolder.DeviceKey)));
            return new Device(record!, key, time);
        }
        catch (Exception e) when (e is JsonException or CryptographicException or ArgumentException or IOException)
        {
            throw new ServiceException($"The enrolment in {folder} cannot be read ({e.Message}): delete {DataFolder.Device} and enrol again.");
        }
    }

    public static void Save(string folder, DeviceRecord record, ECDsa key)
    {
        // The key first: an enrolment without its key would be worth nothing.
        Durable.Replace(Path.Combine(folder, DataFolder.DeviceKey), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), ownerOnly: true);
        Durable.Replace(
            Path.Combine(folder, DataFolder.Device), JsonSerializer.SerializeToUtf8Bytes(record, DeviceJson.Default.DeviceRecord), ownerOnly: true);
    }

    /// <summary>The value of Authorization for one request.</summary>
    public string Authorization(string method, Uri uri)
    {
        lock (signing)
            return DeviceSignature.Sign(method, uri.AbsolutePath, Id, key, time).ToString();
    }

    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(Authorization(request.Method.Method, request.RequestUri!));
        return ValueTask.CompletedTask;
    }

    public void Dispose() => key.Dispose();
}
