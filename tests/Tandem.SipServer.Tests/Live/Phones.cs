using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.SipServer.Tests.Live;

/// <summary>Steps that many tests with <see cref="TestPhone"/> share.</summary>
internal static class Phones
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A provisioned, watched and registered phone.</summary>
    public static async Task<TestPhone> PhoneAsync(
        this LiveServer server, string dn, bool record = false, SipTransport transport = SipTransport.Udp)
    {
        await server.PutAsync(
            $"/configuration/dns/{dn}", $$"""{"password":"pw-{{dn}}","record":{{(record ? "true" : "false")}}}""");
        await server.Cti.AskAsync(CtiRequestNames.RegisterAddress, request => request with { ThisDN = dn }, Stop);
        var phone = new TestPhone(dn, server.SipPort, transport);
        await phone.RegisterAsync(Stop);
        return phone;
    }

    /// <summary>The test phone calls a DN of the lab, which answers.</summary>
    public static async Task<(InviteSession Mine, PhoneCall Theirs)> CallAsync(
        this LiveServer server, TestPhone phone, string dn, bool offer = true)
    {
        var calling = phone.CallAsync(dn, offer, Stop);
        var theirs = await server.Phone(dn).RingAsync(Stop);
        await theirs.AnswerAsync(Stop);
        return (await calling, theirs);
    }

    /// <summary>A DN of the lab calls the test phone, which answers.</summary>
    public static async Task<(PhoneCall Theirs, InviteSession Mine)> AnswerAsync(this LiveServer server, string dn, TestPhone phone)
    {
        var theirs = server.Phone(dn).Dial(phone.Dn);
        var mine = await phone.Rung.WaitAsync(Patience, Stop);
        phone.Accept(mine);
        await theirs.Talking.WaitAsync(Patience, Stop);
        return (theirs, mine);
    }

    /// <summary>Logs an agent in at each DN and makes him ready, in this order.</summary>
    public static async Task ReadyAsync(this LiveServer server, params string[] dns)
    {
        foreach (var dn in dns)
        {
            await server.Cti.AskAsync(
                CtiRequestNames.AgentLogin, request => request with { ThisDN = dn, AgentID = $"a{dn}" }, Stop);
            await server.AskAsync(CtiRequestNames.AgentReady, dn);
        }
    }

    /// <summary>Waits for what is on its way; fails when it does not come.</summary>
    public static async Task UntilAsync(Func<bool> reached, string what, int seconds = 30)
    {
        for (var tries = 0; tries < seconds * 50; tries++)
        {
            if (reached()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }

        Assert.Fail($"{what} did not come");
    }

    /// <summary>What a DN was told of calls, without attached data.</summary>
    public static IEnumerable<string> Calls(this LiveServer server, string dn) =>
        server.Story(dn).Where(line => !line.Contains("Attached", StringComparison.Ordinal));
}
