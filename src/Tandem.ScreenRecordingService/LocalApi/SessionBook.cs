using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Srs;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>The one session of this PC: the newest sign-in holds it. A desktop that logged in by password must ping, else
/// its session ends (Genesys: 60 s); the capture then has its grace. Thread-safe.</summary>
internal sealed partial class SessionBook : IDisposable
{
    private readonly RwsClient rws;
    private readonly CaptureControl control;
    private readonly ServiceOptions options;
    private readonly ILogger log;
    private readonly ITimer pingTimer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim signingIn = new(1, 1);
    private LocalSession? current;

    public SessionBook(RwsClient rws, CaptureControl control, ServiceOptions options, TimeProvider time, ILogger log)
    {
        (this.rws, this.control, this.options, this.log) = (rws, control, options, log);
        pingTimer = time.CreateTimer(_ => PingMissed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public LocalSession? Current
    {
        get
        {
            lock (gate)
                return current;
        }
    }

    public async Task<(SignInOutcome Outcome, LocalSession? Session)> SignInAsync(
        SignInRequest request, IReadOnlyList<Uri> preferred, CancellationToken stop)
    {
        // One after the other: of two desktops that pair at once the later one holds the PC, at RWS and here alike.
        await signingIn.WaitAsync(stop);
        try
        {
            var (outcome, reply) = await rws.SignInAsync(request, preferred, stop);
            if (outcome != SignInOutcome.Done || reply is null)
                return (outcome, null);
            var hash = request.Password is null ? [] : Hash(request.UserName, request.Password);
            var session = new LocalSession(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), reply.AgentId, reply.UserName, hash);
            lock (gate)
                current = session;
            LogSignedIn(log, session.AgentId, session.IsPaired ? "paired" : "password");
            Seen(session);
            return (outcome, session);
        }
        finally
        {
            signingIn.Release();
        }
    }

    public LocalSession? ByToken(string? token)
    {
        var session = Current;
        return session is not null && token is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(session.Token)) ? session : null;
    }

    public LocalSession? ByCredentials(string userName, string password)
    {
        var session = Current;
        return session is not null && CryptographicOperations.FixedTimeEquals(Hash(userName, password), session.CredentialHash) ? session : null;
    }

    /// <summary>The desktop is there.</summary>
    public void Seen(LocalSession session)
    {
        pingTimer.Change(session.IsPaired ? Timeout.InfiniteTimeSpan : options.PingLimit, Timeout.InfiniteTimeSpan);
        control.DesktopPresent(true);
    }

    public async Task SignOutAsync(CancellationToken stop)
    {
        lock (gate)
            current = null;
        pingTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        control.SignedOut();
        if (!await rws.SignOutAsync(stop))
            LogSignOutUntold(log);
    }

    public void Dispose()
    {
        pingTimer.Dispose();
        signingIn.Dispose();
    }

    private void PingMissed()
    {
        lock (gate)
        {
            if (current is null or { IsPaired: true })
                return;
            LogDesktopLost(log, current.AgentId);
            current = null;
        }
        control.DesktopPresent(false);
    }

    private static byte[] Hash(string? userName, string password) => SHA256.HashData(Encoding.UTF8.GetBytes($"{userName}\n{password}"));

    [LoggerMessage(7050, LogLevel.Information, "Agent {AgentId} signed in ({How})")]
    private static partial void LogSignedIn(ILogger log, string agentId, string how);

    [LoggerMessage(7051, LogLevel.Warning, "The desktop of agent {AgentId} stopped pinging and must log in again")]
    private static partial void LogDesktopLost(ILogger log, string agentId);

    [LoggerMessage(7052, LogLevel.Warning, "The server could not be told of the sign-out")]
    private static partial void LogSignOutUntold(ILogger log);
}
