using System.Diagnostics;
using System.Net;
using System.Text;
using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Parsing;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transactions;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.Sip.Tests.Fuzz;

/// <summary>
/// Mutated messages: no exception, no hang, and what is accepted can be written and read again. Short by default; with TANDEM_LONG=1 ten
/// minutes over all tests, from a seed that is printed (TANDEM_SEED repeats it).
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("TANDEM_LONG") == "1";
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TANDEM_SEED"), out var seed) ? seed : Long ? Environment.TickCount : 20260801;

    private static readonly byte[][] Messages =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Torture"), "*.dat", SearchOption.AllDirectories).Order().Select(File.ReadAllBytes)];

    /// <summary>Runs the body until the count, or in the long run the time, is spent.</summary>
    private void Repeat(int count, IReadOnlyList<byte[]> corpus, Action<byte[]> body)
    {
        output.WriteLine($"seed {Seed}");
        var mutator = new Mutator(Seed, corpus);
        var watch = Stopwatch.StartNew();
        for (var i = 0; Long ? watch.Elapsed < TimeSpan.FromMinutes(2.5) : i < count; i++)
        {
            var bytes = mutator.Next();
            try
            {
                body(bytes);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {Seed}, number {i}: {Convert.ToBase64String(bytes)}", e);
            }
        }
    }

    [Fact]
    public void Parser_stands_mutated_messages() => Repeat(15_000, Messages, bytes =>
    {
        var result = SipParser.ParseDatagram(bytes);
        if (result.Verdict == SipVerdict.Complete)
        {
            Touch(result.Message!);
            var again = SipParser.ParseDatagram(result.Message!.ToBytes());
            Assert.True(again.Verdict == SipVerdict.Complete, "written but not readable: " + again.Reason);
        }
        if (result.Verdict == SipVerdict.Malformed) Assert.False(string.IsNullOrEmpty(result.Reason));
        var stream = SipParser.ParseStream(bytes);
        Assert.Equal(stream.Verdict == SipVerdict.NeedMore, stream.Consumed == 0);
        Assert.InRange(stream.Consumed, 0, bytes.Length);
    });

    [Fact]
    public void Bodies_stand_mutation()
    {
        byte[][] corpus =
        [
            Encoding.UTF8.GetBytes(Sdps.Offer),
            Encoding.UTF8.GetBytes(MsmlDocument.Of(new MsmlDialogStart("conf:a", "b") { Record = new MsmlRecord("7001") }).ToString()),
            Encoding.UTF8.GetBytes("--b\r\nContent-Type: application/sdp\r\n\r\n" + Sdps.Offer + "\r\n--b\r\nContent-Disposition: recording-session\r\n\r\n"
                + "<recording><participant id='1'><nameID aor='sip:a@b'/></participant></recording>\r\n--b--\r\n"),
        ];
        Repeat(10_000, corpus, bytes =>
        {
            if (SdpSession.TryParse(bytes, out var sdp)) Assert.True(SdpSession.TryParse(sdp.ToString(), out _));
            if (MsmlDocument.TryParse(bytes, out var msml)) Assert.True(MsmlDocument.TryParse(Encoding.UTF8.GetBytes(msml.ToString()), out _));
            if (SiprecBody.TryParse("multipart/mixed;boundary=b", bytes, out var body)) _ = body.Sdp?.Media.Select(body.ParticipantOf).ToList();
        });
    }

    [Fact]
    public async Task Agent_stands_mutated_datagrams_and_still_answers()
    {
        var log = new TestObserver();
        // Short timers, so that what the junk leaves behind is gone soon.
        var timers = new SipTimers { T1 = TimeSpan.FromMilliseconds(2), T2 = TimeSpan.FromMilliseconds(4), T4 = TimeSpan.FromMilliseconds(5) };
        var options = new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, 0)], Timers = timers, NameServers = [] };
        await using var endpoint = SipEndpoint.Start(options, TimeProvider.System, log);
        var digest = new DigestServer("tandem", TimeProvider.System);
        var agent = new UserAgent(endpoint, new UserAgentOptions())
        {
            OnInvite = session =>
            {
                session.Ring();
                session.Accept(SdpSession.TryParse(session.Invite.Body.Span, out _) ? Sdps.Answer : null);
            },
            OnRequest = transaction =>
            {
                if (digest.Verify(transaction.Request, _ => null, out _) == DigestVerdict.Malformed) transaction.Respond(400);
                else transaction.Respond(digest.Challenge(transaction.Request));
            },
        };
        Assert.NotNull(agent);
        using var peer = new RawPeer(endpoint);
        Repeat(4_000, Messages, bytes =>
        {
            if (bytes.Length > 0) peer.Send(bytes);
        });
        await using var asking = TestPair.Make(new UserAgentOptions()).Endpoint;
        var options2 = UserAgent.CreateRequest(SipMethods.Message, SipUri.Of("x", endpoint.Listeners[0].Address), SipUri.Parse("sip:a@x"));
        Assert.Equal(401, (await asking.Send(options2).Final).StatusCode);
        await TestWait.Until(() => endpoint.UnansweredCount == 0, seconds: 60);
        Assert.True(log.Failures.IsEmpty, string.Join("\n", log.Failures.Select(f => f.ToString()).Distinct().Take(3)));

        // BYEs to mutated host names wait for the system's resolver.
        var left = endpoint.TransactionCount;
        await TestWait.Until(() => endpoint.TransactionCount < 10, seconds: 120);
        output.WriteLine($"{left} transactions were left after the last message, {endpoint.TransactionCount} at the end");
    }

    private static void Touch(SipMessage message)
    {
        _ = (message.From, message.To, message.CSeq, message.TopVia, message.Contact, message.ContentType);
        foreach (var (name, _) in message.Headers) _ = message.Headers.Elements(name).Count();
        if (message is SipRequest request) _ = SipResponse.Create(request, 200, null, "t").ToBytes();
    }
}
