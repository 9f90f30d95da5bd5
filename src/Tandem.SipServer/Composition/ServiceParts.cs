using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.Sip.Authentication;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Control;
using Tandem.SipServer.Cti;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Journal;
using Tandem.SipServer.Recording;
using Tandem.SipServer.Registrar;
using Tandem.SipServer.Watching;

namespace Tandem.SipServer.Composition;

/// <summary>The object graph of the role, built in one place.</summary>
internal sealed record ServiceParts(
    Switchboard Board, CtiDesk Desk, FrontDoor Door, RegistrarService Registrar, EventLog Log, BindingJournal Journal)
{
    public static ServiceParts Build(
        RoleContext context, SipServerOptions options, SipEndpoint endpoint, IReadOnlyList<McpServer> servers,
        string identityPath, ILogger log)
    {
        var configuration = ConfigurationStore.Open(Path.Combine(context.DataFolder, "configuration.json"), options.Realm);
        if (options.Provisioning is { } file) configuration.Apply(Provisioning.Read(file));
        var fold = new LogFold();
        var events = EventLog.Open(
            Path.Combine(context.DataFolder, "events"), IdentityFile.Start(identityPath), context.Time, fold.Add);
        var publisher = new EventPublisher(events, context.Time);
        var bindings = new BindingTable();
        var journal = BindingJournal.Open(
            Path.Combine(context.DataFolder, "registrations.jsonl"), bindings, context.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var dns = new DnRegistry(configuration);
        Restart.Settle(fold, dns, bindings, publisher);
        var board = Switch(context, options, endpoint, servers, configuration, dns, bindings, publisher, log);
        var gate = new Gatekeeper(
            configuration, new DigestServer(options.Realm, context.Time) { Algorithms = options.Digest ?? [DigestAlgorithm.Md5] }, new Lockout(context.Time), log);
        var registrar = new RegistrarService(bindings, journal, dns, publisher, context.Time, log);
        var desk = new CtiDesk(board, events, new CtiCommands(board, new RecordingCommands(board)));
        var watching = new DialogPackage(board);
        return new ServiceParts(
            board, desk, new FrontDoor(board, gate, registrar, watching), registrar, events, journal);
    }

    private static Switchboard Switch(
        RoleContext context, SipServerOptions options, SipEndpoint endpoint, IReadOnlyList<McpServer> servers,
        ConfigurationStore configuration, DnRegistry dns, BindingTable bindings, EventPublisher publisher, ILogger log)
    {
        var loop = new CallLoop(log);
        var agent = new UserAgent(endpoint, new UserAgentOptions
        {
            ContactUser = "tandem",
            Product = "Tandem-SIP-Server",
            Supported = ["replaces", "timer", "norefersub"],

            // A caller may demand reliable provisionals; phones that we call are not invited to send them, for a 2xx
            // without a description would follow.
            AlsoAccepted = [.. new UserAgentOptions().AlsoAccepted, "100rel"],
            SessionExpires = options.SessionSeconds == 0 ? null : TimeSpan.FromSeconds(options.SessionSeconds),
        });
        var board = new Switchboard
        {
            Loop = loop,
            Time = context.Time,
            Log = log,
            Options = options,
            Advertise = context.Advertise,
            Agent = agent,
            Configuration = configuration,
            Dns = dns,
            Bindings = bindings,
            Publisher = publisher,
            Mcps = new McpPool(servers, agent, loop, context.Advertise, context.Time, log),
        };
        board.Mcps.OnLost = board.Reanchor.ServerLost;
        board.Mcps.OnAnswered = board.Reanchor.ServerAnswered;

        // These listen to events, so they must be there before the first.
        _ = (board.HoldMusic, board.Queues);
        return board;
    }
}
