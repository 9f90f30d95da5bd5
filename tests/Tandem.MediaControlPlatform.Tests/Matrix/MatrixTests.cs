namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Every scenario of the architecture with every trouble, judged by ear: the real engine, recorder and spool in
/// virtual time.</summary>
public sealed class MatrixTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var story in Stories.All.Keys)
            {
                foreach (var trouble in Trouble.All.Keys)
                    cases.Add(story, trouble);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_voice_is_on_its_channel_at_its_time(string story, string name)
    {
        var trouble = Trouble.All[name];
        using var folder = new StageFolder();
        if (trouble.DiskFull)
            Assert.SkipUnless(await folder.MountAsync(TestContext.Current.CancellationToken), "A small file system cannot be mounted here.");
        await using var stage = new Stage(folder, trouble);
        Stories.All[story](stage);
        stage.Run(1000);
        Assert.Equal((0, 0), stage.Left);
        if (trouble.DiskFull)
            Assert.NotEmpty(stage.Alarms);
        else
            Assert.Empty(stage.Alarms);
        var recorded = new RecordedSpool(trouble.Kill ? folder.Image : folder.Spool, folder.Certificate);
        if (trouble.Kill)
            recorded.Recover();
        Assert.InRange(Judge(stage, folder, recorded, trouble), 20, int.MaxValue);
    }

    private static int Judge(Stage stage, StageFolder folder, RecordedSpool recorded, Trouble trouble)
    {
        var voices = 0;
        foreach (var segment in stage.Segments.Where(one => one.StartUtcUs < folder.KilledUtcUs))
        {
            var report = recorded.Report(segment.Id);
            var judge = new SegmentJudge(segment, report, recorded.Listen(report), folder);
            judge.Judge(trouble);
            voices += judge.Voices;
        }
        return voices;
    }
}
