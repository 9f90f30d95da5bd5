using Tandem.ScreenRecordingService.Worker;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class WorkerSocketTests
{
    [Fact]
    public void A_socket_takes_the_place_of_a_dead_one_and_of_nothing_else()
    {
        using var folder = new TempFolder();
        var letters = folder.At("letters.txt");
        File.WriteAllText(letters, "dear");
        Assert.Equal("something that is no socket is there", Assert.Throws<IOException>(() => WorkerConnection.Listen(letters, forEveryUser: false)).Message);
        Assert.Equal("dear", File.ReadAllText(letters));

        var worker = folder.At("worker");
        // Not disposed: a service that was killed leaves its socket so.
        _ = WorkerConnection.Listen(worker, forEveryUser: false);
        WorkerConnection.Listen(worker, forEveryUser: false).Dispose();
        Assert.False(File.Exists(worker));
    }
}
