using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tandem.WebServices.Users;

/// <summary>Random bearer tokens; only their hash is kept.</summary>
internal static class Tokens
{
    /// <summary>256 bits, base64url.</summary>
    public static string Mint() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lower-case hex SHA-256.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
