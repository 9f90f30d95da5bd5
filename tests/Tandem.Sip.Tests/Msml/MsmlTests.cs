using System.Text;
using Tandem.Sip.Msml;

namespace Tandem.Sip.Tests.Msml;

public sealed class MsmlTests
{
    private static MsmlDocument Again(MsmlDocument document) => MsmlDocument.Parse(Encoding.UTF8.GetBytes(document.ToString()));

    [Fact]
    public void Record_request_survives_a_round_trip()
    {
        var record = new MsmlRecord("7001") { CallUuid = "0A", ConnId = "00ff", Ani = "555<1", Dnis = "7001", Beep = true };
        var start = new MsmlDialogStart("conf:abc", "seg-1") { Record = record };
        var read = Assert.IsType<MsmlDialogStart>(Again(MsmlDocument.Of(start)).Requests.Single());
        Assert.Equal(start, read);
        Assert.Equal("conf:abc/dialog:seg-1", read.DialogId);
    }

    [Fact]
    public void Every_request_survives_a_round_trip()
    {
        MsmlRequest[] requests =
        [
            new MsmlDialogStart("conn:x", null) { Play = new MsmlPlay("tone:ringback") },
            new MsmlSend(MsmlSend.Pause, "conf:a/dialog:b"), new MsmlDialogEnd("conf:a/dialog:b"),
            new MsmlJoin("conn:x", "conf:y"), new MsmlUnjoin("conn:x", "conf:y"),
            new MsmlJoin("conn:x", "conf:y") { FromId1 = false },
            new MsmlJoin("conn:x", "conf:y") { Gain = new MsmlModifyStream("conn:x", "conf:y", true, false) { FromGainDb = -6 } },
            new MsmlModifyStream("conn:x", "conf:y", false, null), new MsmlModifyStream("conn:x", "conf:y", true, false),
            new MsmlModifyStream("conn:x", "conf:y", true, null) { FromGainDb = -12 },
            new MsmlModifyStream("conn:x", "conf:y", false, true) { ToGainDb = 6 },
            new MsmlCreateConference(null), new MsmlCreateConference("a") { DeleteWhenNoMedia = false },
            new MsmlDestroyConference("conf:a"),
            new MsmlDialogStart("conn:x", "d") { Play = new MsmlPlay("file://hold.wav") { Iterate = MsmlPlay.Forever } },
            new MsmlDialogStart("conn:x", "d") { Dtmf = new MsmlDtmf(4) { ReturnKey = '#', FirstMs = 7000, NextMs = 500 } },
        ];
        Assert.Equal(requests, Again(MsmlDocument.Of(requests)).Requests);
    }

    [Fact]
    public void Result_and_event_survive_a_round_trip()
    {
        var result = Again(MsmlDocument.Of(new MsmlResult(404, "no such conference") { DialogIds = ["a", "b"] })).Result!;
        Assert.Equal(404, result.Response);
        Assert.Equal("no such conference", result.Description);
        Assert.Equal(["a", "b"], result.DialogIds);
        var happened = Again(MsmlDocument.Of(new MsmlEvent(MsmlEvent.RecordFailed, "conf:a/dialog:b") { Values = [new("cause", "disk full")] })).Event!;
        Assert.Equal("disk full", happened[MsmlEvent.Cause]);
    }

    [Fact]
    public void Bodies_of_the_field_are_read()
    {
        var text = "<?xml version=\"1.0\"?>\n<msml version=\"1.1\" xmlns=\"urn:x\">\n <dialogend id=\"conf:a/dialog:b\"/>\n <audit/>\n</msml>";
        var document = MsmlDocument.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal([new MsmlDialogEnd("conf:a/dialog:b"), new MsmlUnknown("audit")], document.Requests);
    }

    [Fact]
    public void Several_prompts_are_played_in_order()
    {
        var start = new MsmlDialogStart("conn:x", "d") { Play = new MsmlPlay("file://a.wav") { More = ["file://b.wav"], Iterate = 2 } };
        var play = Assert.IsType<MsmlDialogStart>(Again(MsmlDocument.Of(start)).Requests.Single()).Play!;
        Assert.Equal(("file://a.wav", 2), (play.Uri, play.Iterate));
        Assert.Equal(["file://b.wav"], play.More);
    }

    [Theory]
    [InlineData("<play><audio uri='file://a.wav'/></play>", "file://a.wav", 1)]
    [InlineData("<play uri='tone:busy'/>", "tone:busy", 1)]
    [InlineData("<play iterate='forever' maxtime='10s'><audio uri='tone:music'/></play>", "tone:music", 0)]
    public void A_play_of_either_form_is_read(string play, string uri, int iterate)
    {
        var text = $"<msml><dialogstart target='conn:x' type='application/moml+xml'>{play}</dialogstart></msml>";
        var start = Assert.IsType<MsmlDialogStart>(MsmlDocument.Parse(Encoding.UTF8.GetBytes(text)).Requests.Single());
        Assert.Equal((uri, iterate), (start.Play!.Uri, start.Play.Iterate));
    }

    [Theory]
    [InlineData("digits='xxxx' format='moml+digits'", 4, null)]
    [InlineData("digits='x{3}' format='moml+digits'", 3, null)]
    [InlineData("digits='min=1;max=7;rtk=#' format='moml+digits'", 7, '#')]
    public void Patterns_of_keys_are_read(string pattern, int maximum, char? returnKey)
    {
        var text = $"<msml><dialogstart target='conn:x' name='d'><dtmf fdt='5s'><pattern {pattern}/></dtmf></dialogstart></msml>";
        var start = Assert.IsType<MsmlDialogStart>(MsmlDocument.Parse(Encoding.UTF8.GetBytes(text)).Requests.Single());
        Assert.Equal(new MsmlDtmf(maximum) { ReturnKey = returnKey, FirstMs = 5000 }, start.Dtmf);
    }

    [Theory]
    [InlineData("<stream media='audio' dir='from-id1'><gain amt='-6'/></stream>", true, -6, null, null)]
    [InlineData("<stream media='audio'><gain amt='+6'/></stream>", true, 6, true, 6)]
    [InlineData("<stream dir='to-id1'><gain amt='mute'/></stream>", null, null, false, null)]
    [InlineData("<stream dir='from-id1'><gain amt='loud'/></stream>", true, int.MinValue, null, null)]
    [InlineData("<stream dir='from-id1'/>", null, null, null, null)]
    public void Gains_are_read(string streams, bool? from, int? fromDb, bool? to, int? toDb)
    {
        var text = $"<msml><modifystream id1='conn:x' id2='conf:y'>{streams}</modifystream></msml>";
        var expected = new MsmlModifyStream("conn:x", "conf:y", from, to) { FromGainDb = fromDb, ToGainDb = toDb };
        Assert.Equal([expected], MsmlDocument.Parse(Encoding.UTF8.GetBytes(text)).Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<msml")]
    [InlineData("<other/>")]
    [InlineData("<msml><join id1='a'/></msml>")]
    [InlineData("<!DOCTYPE msml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><msml>&x;</msml>")]
    [InlineData("<?xml version='1.0\u00ff\u00fe\u00f0\u009f' encoding='UTF-8'?><ms")]
    public void Wrong_bodies_are_refused(string text) => Assert.False(MsmlDocument.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var text = string.Concat(Enumerable.Repeat("<msml>", 100)) + string.Concat(Enumerable.Repeat("</msml>", 100));
        Assert.False(MsmlDocument.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void Ids_are_taken_apart()
    {
        Assert.Equal("a", MsmlIds.ConferenceOf("conf:a/dialog:b"));
        Assert.Equal("b", MsmlIds.DialogOf("conf:a/dialog:b"));
        Assert.Equal("t", MsmlIds.ConnectionOf("conn:t"));
        Assert.Null(MsmlIds.ConferenceOf("conn:t"));
    }
}
