using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Torture;

/// <summary>The torture messages of RFC 4475 and RFC 5118, judged by the rows of verdicts.tsv.</summary>
public sealed class TortureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Torture");

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, "verdicts.tsv")))
        {
            if (line.StartsWith('#')) continue;
            var columns = line.Split('\t');
            rows.Add(columns[0], columns[1], columns[2]);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parser_gives_the_verdict(string file, string parser, string agent)
    {
        _ = agent;
        var verdict = Describe(SipParser.ParseDatagram(Read(file)));
        if (parser.StartsWith("GAP:", StringComparison.Ordinal)) Assert.NotEqual(parser[4..], verdict);
        else Assert.Equal(parser, verdict);
    }

    [Fact]
    public async Task Agent_answers_as_the_rows_say()
    {
        foreach (var row in Rows())
        {
            var (file, parser, wanted) = row.Data;
            if (wanted == "-") continue;
            Assert.Equal("accept", parser);
            // A fresh agent for each: several messages of RFC 5118 share their identifiers.
            var agent = TestPair.Make(new UserAgentOptions());
            await using var endpoint = agent.Endpoint;
            agent.OnInvite = session => session.Reject(488);
            var status = await FinalStatus(Read(file), endpoint.Listeners[0].Address);
            Assert.True(int.Parse(wanted, CultureInfo.InvariantCulture) == status, $"{file}: {status} instead of {wanted}");
        }
    }

    [Fact]
    public void Every_file_has_exactly_one_row()
    {
        var files = Directory.GetFiles(Folder, "*.dat", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!).Order();
        Assert.Equal(files, Rows().Select(r => r.Data.Item1).Order());
    }

    [Fact]
    public void Shared_copies_are_the_same_bytes()
    {
        var shared = TestKit.Vectors.At("sip-torture-rfc4475");
        Assert.SkipUnless(TestKit.Vectors.Missing(shared) is null, TestKit.Vectors.Missing(shared) ?? "");
        foreach (var file in Directory.GetFiles(shared, "*.dat"))
        {
            if (Path.GetFileName(file) == "test.dat") continue;
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(Folder, "Rfc4475", Path.GetFileName(file))));
        }
    }

    private static byte[] Read(string file) =>
        File.ReadAllBytes(Directory.GetFiles(Folder, file, SearchOption.AllDirectories).Single());

    private static string Describe(SipParseResult result) =>
        result.Verdict == SipVerdict.Complete ? "accept"
        : result.Message is SipRequest ? "refuse " + result.StatusCode.ToString(CultureInfo.InvariantCulture)
        : "drop";

    /// <summary>The first final response, over a connection of its own: what comes back does not depend on the message's Via.</summary>
    private static async Task<int> FinalStatus(byte[] message, IPEndPoint to)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to, limit.Token);
        await socket.SendAsync(message, limit.Token);
        // For the file that lacks the empty line.
        await socket.SendAsync("\r\n\r\n"u8.ToArray(), limit.Token);
        var buffer = new byte[65_535];
        var filled = 0;
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer.AsMemory(filled), limit.Token);
            if (length == 0) return 0;
            filled += length;
            var used = 0;
            while (SipParser.ParseStream(buffer.AsMemory(used, filled - used)) is { Verdict: not SipVerdict.NeedMore } result)
            {
                if (result.Message is SipResponse { IsFinal: true } response) return response.StatusCode;
                used += result.Consumed;
            }
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }
}
