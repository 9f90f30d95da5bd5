using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Cti;
using Tandem.MediaControlPlatform.Delivery;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Prompts;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Siprec;
using Tandem.MediaControlPlatform.Siprec.Forking;
using Tandem.Safekeeping.Spooling;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform;

/// <summary>The running role: spool, disk thread, media thread, SIP.</summary>
internal sealed class McpRole : IRole
{
    private readonly Spool _spool;
    private readonly SpoolWriter _writer;
    private readonly MediaEngine _engine;
    private readonly SipEndpoint _sip;
    private readonly LegControl _control;
    private readonly WebApplication? _cti;
    private readonly RecordingDelivery? _delivery;
    private readonly SupervisedLoop _disk;

    private McpRole(
        Spool spool, SpoolWriter writer, MediaEngine engine, SipEndpoint sip, LegControl control, WebApplication? cti,
        RecordingDelivery? delivery, SupervisedLoop disk)
    {
        (_spool, _writer, _engine, _sip, _control) = (spool, writer, engine, sip, control);
        (_cti, _delivery, _disk) = (cti, delivery, disk);
        var endpoints = new Dictionary<string, Uri> { ["sip"] = new($"sip:{sip.Listeners[0].Address}") };
        if (sip.Listeners.FirstOrDefault(one => one.Transport is SipTransport.Tls) is { } secure)
            endpoints["sips"] = new Uri($"sips:{secure.Address}");
        if (cti is not null)
            endpoints["cti"] = new Uri(cti.Urls.First());
        Endpoints = endpoints;
    }

    public string Name => "mcp";

    public IReadOnlyDictionary<string, Uri> Endpoints { get; }

    public static async Task<McpRole> StartAsync(RoleContext context, McpOptions options, CancellationToken stop)
    {
        if (options.RtpPortMax <= options.RtpPortMin)
            throw new OptionsException("rtpPortMax must be greater than rtpPortMin.");
        var log = context.Loggers.CreateLogger("Tandem.Mcp");
        var sip = Listen(context, options);
        var spool = OpenSpool(context, options, log);
        if (options.IngestCertificate is { } path)
            spool.SetIngestCertificate(RecordingDelivery.Read(path));
        var writer = new SpoolWriter(log);
        var engine = new MediaEngine(context.Listen, options.RtpPortMin, options.RtpPortMax, context.Time, log)
        {
            SilenceLimitUs = options.SilenceSeconds * 1_000_000L,
        };
        var segments = new Segments(engine, spool, writer, options.ContactCenterId, context.Time, log);
        var agent = new UserAgent(sip, new UserAgentOptions { ContactUser = "mcp", Product = "Tandem-MCP" });
        var desk = new CtiDesk(context.Time);
        var siprec = new SiprecControl(engine, segments, desk, context.Advertise, log);
        var forks = new SiprecForks(agent, engine, context.Advertise, context.Time, log);
        var prompts = new PromptStore(options.Prompts ?? Path.Combine(context.DataFolder, "prompts"));
        var control = new LegControl(
            agent, engine, segments, siprec, forks, Recorders(options), prompts, Peers(options), context.Advertise, log);
        var cti = options.CtiClients.Length == 0 ? null : await CtiHost.StartAsync(context, options, desk, stop);
        var watch = new DiskWatch(engine, (long)options.SpoolLowMiB << 20, log);
        var disk = SupervisedLoop.Start("disk watch", ending => WatchAsync(watch, spool, engine, context.Time, ending), context.Time, log);
        var delivery = options.Web is null ? null : new RecordingDelivery(spool, options, context.Time, log);
        if (delivery is not null)
            delivery.Start();
        return new McpRole(spool, writer, engine, sip, control, cti, delivery, disk);
    }

    public async ValueTask DisposeAsync()
    {
        await _disk.DisposeAsync();
        await _control.StopAsync();
        await _engine.DisposeAsync();
        await _writer.DisposeAsync();
        if (_delivery is not null)
            await _delivery.DisposeAsync();
        await _sip.DisposeAsync();
        if (_cti is not null)
        {
            await _cti.StopAsync();
            await _cti.DisposeAsync();
        }
        _spool.Dispose();
    }

    private static SipEndpoint Listen(RoleContext context, McpOptions options)
    {
        try
        {
            return SipEndpoint.Start(
                new SipEndpointOptions
                {
                    Listen = [new IPEndPoint(context.Listen, options.Port)],
                    ListenTls = options.Tls is { } tls ? [new IPEndPoint(context.Listen, tls.Port ?? 5071)] : [],
                    Certificate = options.Tls?.Load(),
                    TrustedRoots = options.Tls?.LoadRoots(),
                    Advertise = context.Advertise,
                },
                context.Time);
        }
        catch (SipListenException taken)
        {
            throw new OptionsException($"mcp: port {options.Port} of {context.Listen} cannot be used: {taken.Message}", taken);
        }
        catch (InvalidDataException wrong)
        {
            throw new OptionsException($"mcp: {wrong.Message}", wrong);
        }
    }

    private static Spool OpenSpool(RoleContext context, McpOptions options, ILogger log)
    {
        var spool = Spool.Open(
            Path.Combine(context.DataFolder, "spool"),
            new SpoolOptions { FreeFloorBytes = (long)options.SpoolFloorMiB << 20 },
            context.Time,
            log);
        spool.Alarm += problem => RecordingLog.Alarm(log, problem);
        spool.Recover(owner => SegmentMender.Mend(owner, log));
        return spool;
    }

    private static async Task WatchAsync(
        DiskWatch watch, Spool spool, MediaEngine engine, TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
            var freeBytes = spool.FreeBytes;
            await engine.RunAsync(nowUs =>
            {
                watch.Judge(freeBytes, nowUs);
                return 0;
            });
        }
    }

    private static List<SipUri> Recorders(McpOptions options) =>
    [
        .. options.Recorders.Select(uri => SiprecForks.Read(uri)
            ?? throw new OptionsException($"mcp: recorders: '{uri}' is not a SIP URI, or its srtp is not sdes.")),
    ];

    private static HashSet<IPAddress> Peers(McpOptions options)
    {
        var peers = new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.IPv6Loopback };
        foreach (var peer in options.Peers)
            peers.Add(IPAddress.TryParse(peer, out var address)
                ? address
                : throw new OptionsException($"mcp: peers: '{peer}' is not an address."));
        return peers;
    }
}
