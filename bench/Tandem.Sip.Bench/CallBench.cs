using System.Diagnostics;
using System.Globalization;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Bench;

/// <summary>
/// INVITE, 180, 200, ACK, BYE, 200 over UDP on loopback, caller and callee in this process: calls per second and, as both sides are ours, processor
/// time for two user agents.
/// </summary>
internal static class CallBench
{
    /// <param name="calls">How many.</param>
    /// <param name="perSecond">Pace; 0: as fast as 64 at a time go.</param>
    public static async Task<int> RunAsync(int calls, int perSecond)
    {
        var callee = Agents.Make();
        callee.OnInvite = session =>
        {
            session.Ring();
            session.Accept(Agents.Sdp);
        };
        var caller = Agents.Make();
        await using var one = callee.Endpoint;
        await using var two = caller.Endpoint;
        await CallAsync(caller, callee);
        using var slots = new SemaphoreSlim(64);
        var times = new double[calls];
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var running = new Task[calls];
        for (var i = 0; i < calls; i++)
        {
            await slots.WaitAsync();
            if (perSecond > 0 && watch.Elapsed.TotalSeconds < i / (double)perSecond)
                await Task.Delay(TimeSpan.FromSeconds((i / (double)perSecond) - watch.Elapsed.TotalSeconds), TimeProvider.System);
            running[i] = OneAsync(i);
        }
        await Task.WhenAll(running);
        watch.Stop();
        var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{calls} calls: {calls / watch.Elapsed.TotalSeconds:F0}/s, {used.TotalMilliseconds / calls:F3} ms of processor a call (both sides), "
            + $"{(GC.GetTotalAllocatedBytes() - allocated) / calls} bytes allocated a call, answered p50 {times[calls / 2]:F2} ms p99 {times[calls * 99 / 100]:F2} ms, "
            + $"working set {Environment.WorkingSet >> 20} MiB, {one.TransactionCount + two.TransactionCount} transactions waiting"));
        return 0;

        async Task OneAsync(int index)
        {
            times[index] = await CallAsync(caller, callee);
            slots.Release();
        }
    }

    /// <summary>One call; the result is the time from INVITE to answer in ms.</summary>
    private static async Task<double> CallAsync(UserAgent caller, UserAgent callee)
    {
        var ended = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var to = SipUri.Of("b", callee.Endpoint.Listeners[0].Address);
        var watch = Stopwatch.StartNew();
        caller.Invite(new OutgoingInvite(to, new NameAddress(SipUri.Of("a", "example.org"))) { Sdp = Agents.Sdp }, (session, happened) =>
        {
            if (happened is SessionEvent.Answered)
            {
                watch.Stop();
                session.Bye();
            }
            else if (happened is SessionEvent.Ended) ended.TrySetResult(watch.Elapsed.TotalMilliseconds);
            else if (happened is SessionEvent.Failed failed) ended.TrySetException(new InvalidOperationException("call failed: " + failed.Response.StatusCode));
        });
        return await ended.Task;
    }
}
