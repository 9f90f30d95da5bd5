using System.Security.Cryptography;

namespace Tandem.SipServer.Calls;

/// <summary>Mints identities that are unguessable and need no state across restarts.</summary>
internal static class CallIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// <summary>16 upper-case hexadecimal digits.</summary>
    public static string NewConnId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>32 characters of 0-9A-V.</summary>
    public static string NewCallUuid() => RandomNumberGenerator.GetString(Alphabet, 32);

    /// <summary>128 bits as 32 lower-case hexadecimal digits: an MCP conference.</summary>
    public static string NewConferenceId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Lower-case UUID of a voice segment.</summary>
    public static string NewSegmentId() => Guid.NewGuid().ToString("D");
}
