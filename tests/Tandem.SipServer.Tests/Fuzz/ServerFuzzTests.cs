using System.Diagnostics;
using System.Text;
using Tandem.Contracts.Cti;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Tests.Live;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Fuzz;

/// <summary>Mutated messages against the whole role, from a trunk's address, so that what can be read at all goes as deep as
/// real calls do. Seed and length by TANDEM_SEED and TANDEM_LONG.</summary>
public sealed class ServerFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20_260;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Sdp => TestPhone.Offer();

    [Fact]
    public async Task Mutated_calls_leave_no_fault_no_call_and_no_growth()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TANDEM_SEED"), out var given) ? given : Seed;
        output.WriteLine($"seed {seed}");
        await using var server = await LiveServer.StartAsync(
            new Dictionary<string, string?> { ["ringSeconds"] = "5" }, true, ("5001", false));
        // Phones of the lab would keep every call, with its media.
        await using var talking = await server.PhoneAsync("7001", record: true);
        talking.Forgets = true;
        await using var answering = await server.PhoneAsync("7002", record: true);
        (answering.AnswersAtOnce, answering.Forgets) = (true, true);
        using var trunk = new RawSender(server.SipPort);
        await server.PutAsync("/configuration/trunks/fuzz", $$"""{"address":"127.0.0.1","port":{{trunk.Port}},"prefixes":["0"]}""");
        var (caller, callee) = await server.AnswerAsync("5001", talking);

        // What the test itself keeps would be taken for growth of the server.
        await server.Cti.DisposeAsync();
        var mutator = new Mutator(seed, [.. Corpus(trunk).Select(Encoding.UTF8.GetBytes)]);
        _ = trunk.HangUpAsync();
        var clock = Stopwatch.StartNew();
        var (sent, early) = (0, 0L);
        var end = TimeSpan.FromSeconds(Tool.Long ? 600 : 6);
        while (clock.Elapsed < end)
        {
            // Each is a new call: else all but the first would be repeats.
            var fresh = Encoding.Latin1.GetString(mutator.Next()).Replace("#", $"{sent}", StringComparison.Ordinal);
            trunk.Send(Encoding.Latin1.GetBytes(fresh));
            if (++sent % 50 == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
            if (early == 0 && clock.Elapsed > end / 4) early = Used();
        }

        Assert.True(server.Log.Errors.Count == 0, string.Join('\n', server.Log.Errors.Distinct().Take(3)));
        Assert.False(caller.Over.IsCompleted);
        Assert.Equal(InviteSessionState.Confirmed, callee.State);
        await caller.HangUpAsync(Stop);
        using var probe = new RawSender(server.SipPort);
        Assert.Equal(200, (await probe.AskAsync(probe.Request("OPTIONS", "x", 1))).StatusCode);

        // Those whose answer could not be read have to run out: 5 s of ringing, 32 s without ACK.
        try
        {
            await Phones.UntilAsync(() => server.Mcp!.Legs == 0, "the end of all calls", seconds: 60);
        }
        finally
        {
            var open = string.Join(", ", server.Mcp!.Standing);
            if (open.Length > 0) output.WriteLine($"still on MCP: {open}");
        }
        var late = Used();
        output.WriteLine(
            $"{sent} messages in {clock.Elapsed.TotalSeconds:0} s; {answering.HappenedCount} events at the answering phone; "
            + $"memory {early >> 20} MB after a quarter, {late >> 20} MB at the end");
        Assert.Empty(server.Log.Errors);
        Assert.True(answering.HappenedCount > 0, "no mutated call came through: the corpus is of no use");
        Assert.True(late < early + (64 << 20), $"memory grew from {early} to {late}");
        var malformed = server.Log.Lines.Count(line => line.Contains("Malformed", StringComparison.Ordinal));
        Assert.InRange(malformed, 1, (int)clock.Elapsed.TotalSeconds + 2);
    }

    private static long Used()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(true);
    }

    /// <summary>Messages of a trunk; <c>#</c> becomes a number of its own for each that is sent.</summary>
    private static IEnumerable<string> Corpus(RawSender trunk)
    {
        foreach (var target in new[] { "7001", "7002", "conference", "7999" })
        {
            yield return Message(trunk, SipMethods.Invite, target, "", Sdp);
            yield return Message(trunk, SipMethods.Invite, target, "", "");
        }

        yield return Message(trunk, SipMethods.Invite, "7002", "Require: 100rel\r\nSupported: timer\r\nSession-Expires: 90\r\n", Sdp);
        yield return Message(trunk, SipMethods.Invite, "7002", "Replaces: a;to-tag=b;from-tag=c\r\n", Sdp);
        yield return Message(trunk, SipMethods.Invite, "7001", "", Sdp).Replace("0700@", "07%01%0d%0aVia:x%00@", StringComparison.Ordinal);
        yield return Message(trunk, SipMethods.Invite, "7002", "", Sdp).Replace("0700@", "07;dn=7001%20SIP/2.0@", StringComparison.Ordinal);
        yield return Message(trunk, SipMethods.Invite, "70%0d%0a02", "", Sdp);
        yield return Message(trunk, SipMethods.Options, "x", "", "");
        yield return Message(trunk, SipMethods.Register, "7001", "Expires: 60\r\n", "");
        yield return Message(trunk, SipMethods.Subscribe, "7001", "Event: dialog\r\nExpires: 60\r\n", "");
        yield return Message(trunk, SipMethods.Refer, "7001", "Refer-To: <sip:7002@x?Replaces=a>\r\n", "");
        yield return Message(trunk, SipMethods.Cancel, "7002", "", "");
        yield return Message(trunk, SipMethods.Ack, "7002", "", "");
        yield return Message(trunk, SipMethods.Bye, "7002", "", "");
        yield return Message(trunk, SipMethods.Info, "7002", "", "x");
    }

    private static string Message(RawSender trunk, string method, string user, string more, string body) =>
        $"{method} sip:{user}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{trunk.Port};branch=z9hG4bK#;rport\r\n"
        + $"From: \"A\" <sip:0700@127.0.0.1>;tag=f#\r\nTo: <sip:{user}@127.0.0.1>\r\nCall-ID: c#@fuzz\r\nCSeq: 1 {method}\r\n"
        + $"Contact: <sip:0700@127.0.0.1:{trunk.Port}>\r\nMax-Forwards: 70\r\n{more}"
        + $"Content-Type: application/sdp\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
