using System.Security.Cryptography;
using System.Text;
using Tandem.Sip.Siprec;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>How a SIPREC session is named towards RWS. Both recorders of a call name it alike, because the names come from
/// the metadata.</summary>
/// <param name="CallUuid">32 characters of 0-9 and A-V.</param>
/// <param name="ConnId">16 hexadecimal digits.</param>
internal sealed record SiprecCall(string CallUuid, string ConnId)
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// <param name="callId">Of the recording session; names the call where the metadata does not.</param>
    public static SiprecCall Of(SiprecMetadata? metadata, string callId)
    {
        var session = metadata?.Sessions.Count > 0 ? metadata.Sessions[0] : null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(session?.SipSessionId ?? session?.Id ?? callId));
        var uuid = new char[32];
        for (var i = 0; i < uuid.Length; i++)
            uuid[i] = Digits[hash[i] & 31];
        return new SiprecCall(new string(uuid), Convert.ToHexString(hash.AsSpan(0, 8)));
    }
}
