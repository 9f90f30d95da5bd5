using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tandem.Lab.World;

/// <summary>What the lab, living on the server's machine, may read of its data folder; and passwords of its own.</summary>
public static class LabSecrets
{
    /// <summary>By which SIP Server knows its administrator.</summary>
    public static string CtiAdminToken(string dataFolder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(dataFolder, "secrets.json")))!["ctiAdminToken"]!.GetValue<string>();

    /// <summary>Of the administrator whom RWS made at its first start.</summary>
    public static string AdminPassword(string dataFolder) =>
        File.ReadAllText(Path.Combine(dataFolder, "first-password.txt")).Trim();

    internal static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
