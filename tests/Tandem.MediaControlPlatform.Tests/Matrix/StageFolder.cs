using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Where a stage keeps its spool: a small file system of its own where the disk is to be full, else memory where
/// there is such a folder, so that a matrix of syncs costs nothing.</summary>
internal sealed class StageFolder : IDisposable
{
    private static readonly Lazy<X509Certificate2> Ingest = new(NewCertificate);
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"tandem-stage-{Guid.NewGuid():N}")).FullName;
    private bool _mounted;

    public X509Certificate2 Certificate => Ingest.Value;

    public string Spool => Path.Combine(_folder, "spool");

    /// <summary>The spool as it was when the process died.</summary>
    public string Image => Path.Combine(_folder, "image");

    public long KilledUtcUs { get; private set; } = long.MaxValue;

    /// <summary>From when to when the disk was full.</summary>
    public (long FromUtcUs, long ToUtcUs) Full { get; private set; } = (long.MaxValue, long.MaxValue);

    /// <returns>False where that is not allowed.</returns>
    public async Task<bool> MountAsync(CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux() || Tool.Missing("mount") is not null)
            return false;
        var (code, _) = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", _folder], stop);
        return _mounted = code == 0;
    }

    /// <summary>What the disk holds at this moment is all that the next process finds.</summary>
    public void TakeImage(long utcUs)
    {
        KilledUtcUs = utcUs;
        foreach (var file in Directory.EnumerateFiles(Spool, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Image, Path.GetRelativePath(Spool, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Fill(long utcUs)
    {
        Full = Full with { FromUtcUs = utcUs };
        using var ballast = File.Create(Path.Combine(_folder, "ballast"));
        var block = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void MakeRoom(long utcUs)
    {
        File.Delete(Path.Combine(_folder, "ballast"));
        Full = Full with { ToUtcUs = utcUs };
    }

    public void Dispose()
    {
        if (_mounted)
            RunningProcess.RunAsync("umount", ["--lazy", _folder], CancellationToken.None).GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=stage ingest", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
