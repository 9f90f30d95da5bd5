using System.Net.Http.Json;
using System.Security.Cryptography;
using Tandem.Contracts;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Trades a one-time token for the right of this PC's key.</summary>
internal static class Enrolment
{
    private const int Attempts = 15;

    /// <summary>The device as enrolled before, or enrolled now.</summary>
    /// <exception cref="ServiceException">Neither.</exception>
    public static async Task<Device> EnsureAsync(ServiceOptions options, HttpClient http, TimeProvider time, CancellationToken stop)
    {
        if (Device.Load(options.DataFolder, time) is { } known)
            return known;
        if (options.EnrolmentToken is not { } token)
            throw new ServiceException("This PC is not enrolled: start once with --enrol TOKEN (an administrator creates one).");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new EnrolRequest(
            token, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), Environment.MachineName, ProgramVersion.Text);
        var reply = await EnrolAsync(options.Servers[0], request, http, time, stop);
        Device.Save(
            options.DataFolder, new DeviceRecord(reply.DeviceId, reply.ContactCenterId, options.Servers[0].ToString(), reply.IngestCertificate), key);
        return Device.Load(options.DataFolder, time)!;
    }

    private static async Task<EnrolReply> EnrolAsync(
        Uri server, EnrolRequest request, HttpClient http, TimeProvider time, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var content = JsonContent.Create(request, ContractsJson.Default.EnrolRequest);
                using var reply = await http.PostAsync(new Uri(server, "/api/v2/srs/enrol"), content, stop);
                if (reply.IsSuccessStatusCode)
                    return (await reply.Content.ReadFromJsonAsync(ContractsJson.Default.EnrolReply, stop))!;
                throw new ServiceException(
                    $"The server {server} refused to enrol this PC ({(int)reply.StatusCode}): the token may be used up, expired or mistyped.");
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
            {
                throw new ServiceException(
                    $"The server {server} shows a certificate that this PC does not trust ({e.GetBaseException().Message}): mend the certificate, or install its issuer here.");
            }
            catch (HttpRequestException e) when (attempt >= Attempts)
            {
                throw new ServiceException($"The server {server} cannot be reached to enrol this PC: {e.Message}.");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
            }
        }
    }
}
