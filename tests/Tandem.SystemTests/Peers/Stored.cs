using Tandem.Lab.Clients;
using Tandem.Lab.Results;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>What RWS has after a call.</summary>
internal static class Stored
{
    /// <summary>The one interaction, once its voice can be played.</summary>
    internal static async Task<StoredInteraction> AwaitAsync(WebServicesClient web, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(40);
        while (true)
        {
            var all = await InteractionReader.ReadAllAsync(web, stop);
            if (all is [{ Segments.Count: > 0, IsAvailable: true } only])
                return only;
            Assert.True(TimeProvider.System.GetUtcNow() < limit, $"{all.Count} interactions, none of them whole");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
        }
    }

    /// <summary>The interaction of a call, once it has so many segments and all can be played.</summary>
    internal static async Task<StoredInteraction> AwaitAsync(WebServicesClient web, string callUuid, int segments, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            var found = (await InteractionReader.ReadAllAsync(web, stop)).FirstOrDefault(one => one.CallUuid == callUuid);
            if (found is { IsAvailable: true } && found.Segments.Count == segments)
                return found;
            Assert.True(TimeProvider.System.GetUtcNow() < limit, $"of call {callUuid} there is {found}, not {segments} whole segments");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
        }
    }

    internal static async Task<HeardAudio> VoiceAsync(Installation server, StoredSegment segment, CancellationToken stop)
    {
        var file = server.At($"{segment.Id}.wav");
        await server.Admin.DownloadAsync(segment.MediaUri!, file, stop);
        return HeardAudio.Read(file);
    }
}
