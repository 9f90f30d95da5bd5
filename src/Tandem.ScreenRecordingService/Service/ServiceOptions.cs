using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What the service is started with.</summary>
internal sealed record ServiceOptions
{
    public required string DataFolder { get; init; }

    /// <summary>RWS and its peers: the machine's list; no other address is ever talked to. The first is the one to begin with.</summary>
    public required IReadOnlyList<Uri> Servers { get; init; }

    /// <summary>One-time token; null where the data folder is enrolled.</summary>
    public string? EnrolmentToken { get; init; }

    /// <summary>Of the local API, 0 (any free) to 65,535.</summary>
    public int Port { get; init; } = 8090;
    public string? Display { get; init; }

    /// <summary>Windows whose title or program contains one of these are black in every recording.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Exact origins of desktops in a browser, beside the servers' own.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>A desktop that logged in by password and does not ping for so long is logged out (Genesys: 60 s).</summary>
    public TimeSpan PingLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a capture goes on after its desktop is gone.</summary>
    public TimeSpan DesktopGrace { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a capture waits for a display or worker that went away.</summary>
    public TimeSpan DisplayGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Cap of uploads; 0: none.</summary>
    public long UploadBytesPerSecond { get; init; }

    /// <summary>Free bytes of the disk that recordings leave to others. 0 … 2⁴⁰.</summary>
    public long DiskFloorBytes { get; init; } = 256L << 20;

    /// <summary>What this PC's pictures are like, where RWS does not ask for more.</summary>
    public StageSettings Stage { get; init; } = StageSettings.Usual;

    /// <summary>Where the workers of the sessions come in; null: the service has one of its own (<c>tandem-srs run</c>).</summary>
    public string? WorkerSocket { get; init; }
}
