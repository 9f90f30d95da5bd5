using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Scenarios;
using Tandem.Lab.Senses;

namespace Tandem.Lab.Results;

/// <summary>After a scenario: waits until everything can be played, takes it out through the playback endpoints, judges it
/// and writes it up.</summary>
/// <param name="admin">RWS as somebody sees it who may see all.</param>
/// <param name="cti">Registered at every DN of the scenario.</param>
/// <param name="agents">Agent id by DN.</param>
public sealed class Harvest(
    WebServicesClient admin, CtiWatcher cti, IReadOnlyDictionary<string, string> agents, TimeProvider time, Action<string> told)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<SimResult> GatherAsync(Scenario scenario, string folder, bool impaired, CancellationToken stop)
    {
        told("waiting until everything can be played");
        var (stored, playable) = await AwaitAsync(scenario, stop);
        var problems = new List<string>();
        if (playable is null)
            problems.Add($"not everything was playable within {Patience.TotalSeconds:0} s");
        told("taking the media out and judging them");
        var segments = await TakeSegmentsAsync(stored, folder, stop);
        var screens = await TakeScreensAsync(stored, folder, stop);
        problems.AddRange(MappingJudge.Judge(scenario, stored));
        var (skew, found) = await JudgeMediaAsync(
            new MediaJudge(scenario.Steady, impaired), folder, segments, screens, [.. stored.SelectMany(s => s.Links)], stop);
        problems.AddRange(found);
        return ResultWriter.Write(scenario.Name, stored, segments, screens, Timings(segments, screens, playable), skew, problems);
    }

    /// <summary>The demonstration's own story: no tones to judge, only that all is there.</summary>
    public async Task<SimResult> GatherSpeechAsync(Scenario scenario, string folder, CancellationToken stop)
    {
        var (stored, playable) = await AwaitAsync(scenario, stop);
        var problems = new List<string>();
        if (playable is null)
            problems.Add($"not everything was playable within {Patience.TotalSeconds:0} s");
        var segments = await TakeSegmentsAsync(stored, folder, stop);
        var screens = await TakeScreensAsync(stored, folder, stop);
        problems.AddRange(MappingJudge.Judge(scenario, stored));
        return ResultWriter.Write(scenario.Name, stored, segments, screens, Timings(segments, screens, playable), null, problems);
    }

    private async Task<(IReadOnlyList<StoredInteraction> Stored, DateTimeOffset? Playable)> AwaitAsync(
        Scenario scenario, CancellationToken stop)
    {
        var limit = time.GetUtcNow() + Patience;
        while (true)
        {
            var stored = await InteractionReader.ReadAllAsync(admin, stop);
            var screens = stored.SelectMany(interaction => interaction.Screens).Select(screen => screen.Id).Distinct().Count();
            if (stored.Count > 0
                && stored.All(interaction => interaction.IsAvailable)
                && stored.Sum(interaction => interaction.Segments.Count) >= scenario.Segments.Count
                && screens >= scenario.Screens
                && stored.SelectMany(interaction => interaction.Links).Distinct().Count() >= scenario.Links.Count)
                return (stored, time.GetUtcNow());
            if (time.GetUtcNow() > limit)
                return (stored, null);
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop);
        }
    }

    private async Task<IReadOnlyList<StoredSegment>> TakeSegmentsAsync(
        IReadOnlyList<StoredInteraction> stored, string folder, CancellationToken stop)
    {
        var taken = new List<StoredSegment>();
        foreach (var segment in stored.SelectMany(interaction => interaction.Segments))
        {
            var file = segment is { State: "available", MediaUri: not null } ? $"{segment.Id}.wav" : null;
            if (file is not null)
                await admin.DownloadAsync(segment.MediaUri!, Path.Combine(folder, file), stop);
            taken.Add(segment with { File = file });
        }
        return taken;
    }

    private async Task<IReadOnlyList<StoredScreen>> TakeScreensAsync(
        IReadOnlyList<StoredInteraction> stored, string folder, CancellationToken stop)
    {
        var taken = new List<StoredScreen>();
        foreach (var screen in stored.SelectMany(interaction => interaction.Screens).DistinctBy(screen => screen.Id))
        {
            var file = screen is { State: "available", MediaUri: not null } ? $"{screen.Id}.mp4" : null;
            if (file is not null)
                await admin.DownloadAsync(screen.MediaUri!, Path.Combine(folder, file), stop);
            taken.Add(screen with { File = file });
        }
        return taken;
    }

    private static async Task<(double? Skew, IReadOnlyList<string> Problems)> JudgeMediaAsync(
        MediaJudge judge,
        string folder,
        IReadOnlyList<StoredSegment> segments,
        IReadOnlyList<StoredScreen> screens,
        IReadOnlyList<SimLink> links,
        CancellationToken stop)
    {
        var heard = new Dictionary<string, HeardAudio>();
        foreach (var segment in segments.Where(segment => segment.File is not null))
            judge.Judge(segment, heard[segment.Id] = HeardAudio.Read(Path.Combine(folder, segment.File!)));
        var seen = new Dictionary<string, IReadOnlyList<SeenFrame>>();
        foreach (var screen in screens.Where(screen => screen.File is not null))
            judge.Judge(screen, seen[screen.Id] = await Eye.LookAsync(Path.Combine(folder, screen.File!), stop));
        var skews = links
            .Where(link => link.SegmentId is not null && heard.ContainsKey(link.SegmentId) && seen.ContainsKey(link.ScreenId))
            .Select(link => MediaJudge.Skew(
                link,
                segments.First(s => s.Id == link.SegmentId),
                heard[link.SegmentId!],
                screens.First(s => s.Id == link.ScreenId),
                seen[link.ScreenId]))
            .OfType<double>()
            .ToArray();
        return (skews.Length == 0 ? null : skews.MaxBy(Math.Abs), judge.Problems);
    }

    private SimTimings Timings(
        IReadOnlyList<StoredSegment> segments, IReadOnlyList<StoredScreen> screens, DateTimeOffset? playable)
    {
        var established = cti.Events.FirstOrDefault(e =>
            e.Name == CtiEventNames.Established && e.ThisDN is not null && agents.ContainsKey(e.ThisDN));
        var released = cti.Events.LastOrDefault(e =>
            e.Name == CtiEventNames.Released && e.ThisDN is not null && agents.ContainsKey(e.ThisDN));
        if (established is null || released is null)
            return new SimTimings(null, null, null);
        var voice = segments.FirstOrDefault(segment => segment.Dn == established.ThisDN);
        var screen = screens.FirstOrDefault(candidate => candidate.AgentId == agents[established.ThisDN!]);
        return new SimTimings(
            Ms(voice?.Start - established.Time), Ms(screen?.Start - established.Time), Ms(playable - released.Time));
    }

    private static long? Ms(TimeSpan? span) => span is { } some ? (long)Math.Round(some.TotalMilliseconds) : null;
}
