using System.Net;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.SipServer.Registrar;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Registrar;

public sealed class RegistrarPartsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void The_tenth_wrong_password_locks_that_user_from_that_address_for_a_while()
    {
        var time = new FakeTime();
        var lockout = new Lockout(time);
        var here = IPAddress.Parse("192.0.2.1");
        for (var i = 1; i < Lockout.Limit; i++) Assert.False(lockout.Wrong("7001", here));
        Assert.False(lockout.IsLocked("7001", here));
        Assert.True(lockout.Wrong("7001", here));
        Assert.True(lockout.IsLocked("7001", here));
        Assert.False(lockout.IsLocked("7001", IPAddress.Parse("192.0.2.2")));
        Assert.False(lockout.IsLocked("7002", here));
        time.Advance(Lockout.Duration);
        Assert.False(lockout.IsLocked("7001", here));
    }

    [Theory]
    [InlineData("<sip:7001@192.0.2.1:5062>;expires=60", null, 200, 60)]
    [InlineData("<sip:7001@192.0.2.1:5062>", "120", 200, 120)]
    [InlineData("<sip:7001@192.0.2.1:5062>", null, 200, 3600)]
    [InlineData("<sip:7001@192.0.2.1:5062>;expires=99999", null, 200, 3600)]
    [InlineData("<sip:7001@192.0.2.1:5062>;expires=0", null, 200, 0)]
    [InlineData("<sip:7001@192.0.2.1:5062>;expires=5", null, 423, -1)]
    [InlineData("*", "0", 200, -1)]
    [InlineData("*", "60", 400, -1)]
    [InlineData("<tel:123>", null, 400, -1)]
    public void Contacts_are_judged(string contact, string? expires, int status, int seconds)
    {
        var request = new SipRequest(SipMethods.Register, SipUri.Parse("sip:tandem"));
        request.Headers.Add(HeaderNames.Contact, contact);
        if (expires is not null) request.Headers.Add("Expires", expires);
        var judged = RegisterRequest.Judge(request);
        Assert.Equal(status, judged.Status);
        if (seconds >= 0) Assert.Equal(seconds, Assert.Single(judged.Contacts).Seconds);
        Assert.Equal(contact == "*" && status == 200, judged.RemoveAll);
    }

    [Fact]
    public void Registrations_survive_a_restart_unless_they_ran_out()
    {
        var path = _folder.At("registrations.jsonl");
        using (var journal = BindingJournal.Open(path, new BindingTable(), 0))
        {
            journal.Append(Binding("7001", "sip:7001@192.0.2.1", 5000));
            journal.Append(Binding("7001", "sip:7001@192.0.2.2", 1000));
            journal.Append(Binding("7002", "sip:7002@192.0.2.1", 5000));
            journal.Append(Binding("7002", "sip:7002@192.0.2.1", 0));
        }

        File.AppendAllText(path, "{\"dn\":\"70");
        var table = new BindingTable();
        using var again = BindingJournal.Open(path, table, 2000);
        Assert.Equal(["sip:7001@192.0.2.1"], table.All.Select(one => one.Contact));
        Assert.Equal("Udp 192.0.2.9:5060", table.Of("7001")[0].Destination()!.ToString());
        Assert.Empty(table.Of("7002"));
    }

    public void Dispose() => _folder.Dispose();

    private static Binding Binding(string dn, string contact, long expires) =>
        new(dn, contact, "call", 1, "Udp 192.0.2.9:5060", expires, 1);
}
