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
    private readonly WorkerGate workers;
    private readonly StateFile state;
    private readonly ServiceOptions options;
    private readonly ILogger log;
    private readonly ITimer pingTimer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim signingIn = new(1, 1);
    private LocalSession? current;

    public SessionBook(
        RwsClient rws, CaptureControl control, WorkerGate workers, StateFile state, ServiceOptions options, TimeProvider time, ILogger log)
    {
        (this.rws, this.control, this.workers, this.state, this.options, this.log) = (rws, control, workers, state, options, log);
        pingTimer = time.CreateTimer(_ => PingMissed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // An upgrade of the service signs nobody out.
        if (state.Value.Session is not { } known)
            return;
        current = new LocalSession(known.AgentId, known.UserName, known.TokenHash, null, known.Paired, known.UserId);
        if (known.UserId is { } user)
            workers.Prefer(user);
        Seen(current);
    }

    public LocalSession? Current
    {
        get
        {
            lock (gate)
                return current;
        }
    }

    /// <param name="userId">Whose desktop it is: that user's screen is the one to record.</param>
    public async Task<(SignInOutcome Outcome, LocalSession? Session)> SignInAsync(
        SignInRequest request, IReadOnlyList<Uri> preferred, uint? userId, CancellationToken stop)
    {
        // One after the other: of two desktops that pair at once the later one holds the PC, at RWS and here alike.
        await signingIn.WaitAsync(stop);
        try
        {
            var (outcome, reply) = await rws.SignInAsync(request, preferred, stop);
            if (outcome != SignInOutcome.Done || reply is null)
                return (outcome, null);
            var session = NewSession(request, reply, userId);
            // What was begun for the one must not go on with the other's screen.
            if (Current?.UserId is { } former and > 0 && userId is > 0 && userId != former)
                control.SignedOut();
            Hold(session);
            if (userId is { } user)
                workers.Prefer(user);
            LogSignedIn(log, session.AgentId, session.Paired ? "paired" : "password");
            Seen(session);
            return (outcome, session);
        }
        finally
        {
            signingIn.Release();
        }
    }

    public LocalSession? ByToken(string? token, uint? userId) => token is null
        ? null
        : Mine(userId, session => CryptographicOperations.FixedTimeEquals(HashOf(token), session.TokenHash));

    public LocalSession? ByCredentials(string userName, string password, uint? userId) => Mine(
        userId, session => session.CredentialHash is { } hash && CryptographicOperations.FixedTimeEquals(HashOf($"{userName}\n{password}"), hash));

    /// <summary>The desktop is there.</summary>
    public void Seen(LocalSession session)
    {
        pingTimer.Change(session.Paired ? Timeout.InfiniteTimeSpan : options.PingLimit, Timeout.InfiniteTimeSpan);
        control.DesktopPresent(true);
    }

    public async Task SignOutAsync(CancellationToken stop)
    {
        Hold(null);
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
            if (current is null or { Paired: true })
                return;
            LogDesktopLost(log, current.AgentId);
        }
        Hold(null);
        control.DesktopPresent(false);
    }

    /// <summary>A session is good in the user's own session of the operating system only.</summary>
    private LocalSession? Mine(uint? userId, Func<LocalSession, bool> proves)
    {
        var session = Current;
        var same = session?.UserId is null || userId is null or 0 || session.UserId == userId;
        return session is not null && same && proves(session) ? session : null;
    }

    private static LocalSession NewSession(SignInRequest request, SignInReply reply, uint? userId)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var credentials = request.Password is null ? null : HashOf($"{request.UserName}\n{request.Password}");
        return new LocalSession(reply.AgentId, reply.UserName, HashOf(token), credentials, credentials is null, userId) { Token = token };
    }

    private void Hold(LocalSession? session)
    {
        lock (gate)
            current = session;
        state.Update(s => s with
        {
            Session = session is null ? null : new KnownSession(session.AgentId, session.UserName, session.TokenHash, session.Paired, session.UserId),
        });
    }

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [LoggerMessage(7050, LogLevel.Information, "Agent {AgentId} signed in ({How})")]
    private static partial void LogSignedIn(ILogger log, string agentId, string how);

    [LoggerMessage(7051, LogLevel.Warning, "The desktop of agent {AgentId} stopped pinging and must log in again")]
    private static partial void LogDesktopLost(ILogger log, string agentId);

    [LoggerMessage(7052, LogLevel.Warning, "The server could not be told of the sign-out")]
    private static partial void LogSignOutUntold(ILogger log);
}
