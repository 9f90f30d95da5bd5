using System.CommandLine;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Install;

/// <summary><c>tandem-srs enrol</c>: gives an installed PC its key, once.</summary>
internal static class EnrolCommand
{
    public static Command Create()
    {
        var data = UsualOptions.Data();
        var server = UsualOptions.Server();
        var token = new Option<string>("--token") { Description = "One-time token from the console", Required = true };
        var command = new Command("enrol", "Enrol this PC at its server") { data, server, token };
        command.SetAction((parsed, stop) => EnrolAsync(
            new ServiceOptions { DataFolder = Path.GetFullPath(parsed.GetValue(data)!), Servers = parsed.GetValue(server)!, EnrolmentToken = parsed.GetValue(token) }, stop));
        return command;
    }

    private static async Task<int> EnrolAsync(ServiceOptions options, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        try
        {
            Directory.CreateDirectory(options.DataFolder);
            using var device = await Enrolment.EnsureAsync(options, http, TimeProvider.System, stop);
            Console.WriteLine($"This PC is device {device.Id} of contact centre {device.ContactCenterId}.");
            return 0;
        }
        catch (Exception e) when (e is ServiceException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
