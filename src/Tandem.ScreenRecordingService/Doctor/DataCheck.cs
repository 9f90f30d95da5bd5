using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Doctor;

internal static class DataCheck
{
    private const long EnoughBytes = 2L << 30;

    public static IEnumerable<Finding> Look(string folder)
    {
        if (!Directory.Exists(folder))
        {
            yield return new Finding("data folder", false, $"{folder} is not there", "start tandem-srs run once with --enrol TOKEN");
            yield break;
        }
        yield return Enrolment(folder);
        yield return SealCheck.Look(folder);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        yield return new Finding("disk", free >= EnoughBytes, $"{free >> 20} MiB free for the spool", "free some space: an hour of work needs about 200 MB while the server is away");
    }

    private static Finding Enrolment(string folder)
    {
        try
        {
            using var device = Device.Load(folder, TimeProvider.System);
            return device is null
                ? new Finding("enrolment", false, "this PC is not enrolled", "start tandem-srs run once with --enrol TOKEN")
                : new Finding("enrolment", true, $"device {device.Id} of contact centre {device.ContactCenterId}");
        }
        catch (ServiceException e)
        {
            return new Finding("enrolment", false, e.Message, "delete device.json and enrol again");
        }
    }
}
