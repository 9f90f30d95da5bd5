using System.Text;
using Tandem.Sip.Events;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public void Dialog_info_survives_a_round_trip()
    {
        var item = new DialogInfoItem("d1", "terminated")
        {
            CallId = "c", LocalTag = "l", RemoteTag = "r", Direction = "initiator", Cause = "remote-bye", Code = 200, LocalIdentity = "sip:7001@x",
            RemoteIdentity = "sip:7002@x",
        };
        var info = new DialogInfo("sip:7001@x", 3, false) { Dialogs = [item] };
        Assert.True(DialogInfo.TryParse(Encoding.UTF8.GetBytes(info.ToString()), out var read));
        Assert.Equal(("sip:7001@x", 3u, false), (read.Entity, read.Version, read.IsFull));
        Assert.Equal(item, read.Dialogs.Single());
    }

    [Fact]
    public void Partial_state_is_applied_and_a_gap_is_seen()
    {
        var full = new DialogInfo("e", 0, true) { Dialogs = [new("a", "confirmed"), new("b", "early")] };
        var view = DialogInfo.Apply(null, full)!;
        view = DialogInfo.Apply(view, new DialogInfo("e", 1, false) { Dialogs = [new("a", "terminated"), new("c", "trying")] })!;
        Assert.Equal(["b", "c"], view.Dialogs.Select(d => d.Id));
        Assert.Null(DialogInfo.Apply(view, new DialogInfo("e", 3, false)));
        Assert.Null(DialogInfo.Apply(null, new DialogInfo("e", 1, false)));
    }

    [Fact]
    public void Refer_target_with_replaces_survives_a_round_trip()
    {
        var target = new ReferTarget(SipUri.Parse("sip:7002@127.0.0.1:5060")) { Replaces = new ReplacesHeader("a@b", "t1", "f1") };
        var refer = new SipRequest(SipMethods.Refer, SipUri.Parse("sip:x@y"));
        refer.Headers.Add(HeaderNames.ReferTo, target.ToString());
        Assert.Contains("?Replaces=a%40b%3Bto-tag%3Dt1%3Bfrom-tag%3Df1>", target.ToString(), StringComparison.Ordinal);
        Assert.True(ReferTarget.TryParse(refer, out var read));
        Assert.Equal(target.Replaces, read.Replaces);
        Assert.Equal(target.Uri, read.Uri);
        Assert.Equal(SipMethods.Invite, read.Method);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<sip:a@b?Replaces=x>")]
    [InlineData("<sip:a@b?X=%0d%0aVia:>")]
    public void Wrong_refer_targets_are_refused(string value)
    {
        var refer = new SipRequest(SipMethods.Refer, SipUri.Parse("sip:x@y"));
        refer.Headers.Add(HeaderNames.ReferTo, value);
        Assert.False(ReferTarget.TryParse(refer, out _));
    }

    [Fact]
    public void Fragments_carry_a_status()
    {
        Assert.True(SipFragment.TryReadStatus(Encoding.UTF8.GetBytes(SipFragment.Write(180)), out var status));
        Assert.Equal(180, status);
        Assert.False(SipFragment.TryReadStatus("nothing"u8, out _));
    }

    [Fact]
    public async Task Subscription_is_notified_refreshed_and_ended()
    {
        await using var pair = new TestPair();
        NotifierSubscription? subscription = null;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = 0;
        pair.Callee.OnRequest = t =>
        {
            if (subscription is null)
            {
                subscription = NotifierSubscription.Accept(pair.Callee, t, 60);
                subscription.OnEnded = _ => ended.TrySetResult();
            }
            else if (t.Request.ToTag == subscription.LocalTag) subscription.Refresh(t);
            var version = (uint)Interlocked.Increment(ref next) - 1;
            _ = subscription.NotifyAsync(DialogInfo.MediaType, new DialogInfo("sip:bob@x", version, true).ToString());
        };
        var notifies = System.Threading.Channels.Channel.CreateUnbounded<SipRequest>();
        pair.Caller.OnRequest = t =>
        {
            t.Respond(200);
            notifies.Writer.TryWrite(t.Request);
        };
        var subscribe = UserAgent.CreateRequest(SipMethods.Subscribe, SipUri.Of("bob", pair.Callee.Endpoint.Listeners[0].Address), SipUri.Parse("sip:alice@x"));
        subscribe.Headers.Add(HeaderNames.Event, "dialog");
        subscribe.Headers.Add(HeaderNames.Expires, "3600");
        var again = subscribe.Clone();
        var accepted = await pair.Caller.RequestAsync(subscribe);
        Assert.Equal("60", accepted.Headers[HeaderNames.Expires]);
        var first = await Next();
        Assert.StartsWith("active;expires=", first.Headers[HeaderNames.SubscriptionState], StringComparison.Ordinal);
        Assert.True(DialogInfo.TryParse(first.Body.Span, out var info) && info.Version == 0);

        again.Headers[HeaderNames.To] = accepted.Headers[HeaderNames.To];
        again.Headers[HeaderNames.CSeq] = "2 SUBSCRIBE";
        again.Headers[HeaderNames.Expires] = "0";
        Assert.Equal(200, (await pair.Caller.RequestAsync(again)).StatusCode);
        var last = await Next();
        Assert.Equal("terminated;reason=timeout", last.Headers[HeaderNames.SubscriptionState]);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        async Task<SipRequest> Next()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            return await notifies.Reader.ReadAsync(limit.Token);
        }
    }
}
