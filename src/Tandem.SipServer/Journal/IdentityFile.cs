using System.Security.Cryptography;
using System.Text.Json;
using Tandem.Safekeeping;

namespace Tandem.SipServer.Journal;

/// <summary>Keeps <see cref="LogIdentity"/> in <c>source.json</c> and judges at start whether the epoch must grow.</summary>
internal static class IdentityFile
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>The identity for this run, already written as "not stopped cleanly".</summary>
    public static LogIdentity Start(string path)
    {
        var boot = File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : "";
        var old = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), JournalJson.Default.LogIdentity) : null;
        var identity = old switch
        {
            null => new LogIdentity($"sip-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}", 1, boot, false),
            { Clean: false } when old.BootId != boot || boot.Length == 0 =>
                old with { Epoch = old.Epoch + 1, BootId = boot },
            _ => old with { BootId = boot, Clean = false },
        };
        Write(path, identity);
        return identity;
    }

    public static void StopCleanly(string path, LogIdentity identity) => Write(path, identity with { Clean = true });

    private static void Write(string path, LogIdentity identity) =>
        Durable.Replace(path, JsonSerializer.SerializeToUtf8Bytes(identity, JournalJson.Default.LogIdentity), ownerOnly: true);
}
