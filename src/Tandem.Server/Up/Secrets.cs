using System.Security.Cryptography;
using System.Text.Json;
using Tandem.Hosting;
using Tandem.Safekeeping;

namespace Tandem.Server.Up;

/// <summary>The tokens by which the roles of one installation know each other, made at the first start and kept in
/// <c>secrets.json</c> of the data folder, readable by its owner only.</summary>
/// <param name="CtiToken">Of RWS at SIP Server and MCP: all DNs.</param>
/// <param name="CtiAdminToken">Of an administrator at SIP Server: may edit who exists.</param>
/// <param name="McpToken">Of MCP at RWS.</param>
internal sealed record Secrets(string CtiToken, string CtiAdminToken, string McpToken)
{
    internal const string FileName = "secrets.json";

    internal static Secrets ReadOrMake(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
            Write(path, new Secrets(Token(), Token(), Token()));
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ServerJson.Default.Secrets)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException wrong)
        {
            throw new OptionsException($"{path} cannot be read ({wrong.Message}); restore it from the backup", wrong);
        }
    }

    private static void Write(string path, Secrets secrets)
    {
        try
        {
            Durable.WriteAll(path, JsonSerializer.SerializeToUtf8Bytes(secrets, ServerJson.Default.Secrets), ownerOnly: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another role of this installation was first; its secrets hold.
        }
    }

    private static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
