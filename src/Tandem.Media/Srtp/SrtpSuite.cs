namespace Tandem.Media.Srtp;

/// <summary>A crypto suite as <c>a=crypto</c> names it (RFC 4568 §6.2, RFC 7714 §14.2).</summary>
/// <param name="KeyBytes">Of the master key and of the session key.</param>
/// <param name="SaltBytes">Of the master salt.</param>
/// <param name="RtpTagBytes">Appended to each RTP packet.</param>
/// <param name="RtcpTagBytes">Appended to each RTCP packet, beside the four bytes of its index.</param>
public sealed record SrtpSuite(string Name, int KeyBytes, int SaltBytes, int RtpTagBytes, int RtcpTagBytes)
{
    /// <summary>What any packet may grow by: tag and index.</summary>
    public const int GrowthBytes = 16 + 4;

    /// <summary>Best first.</summary>
    public static IReadOnlyList<SrtpSuite> Supported { get; } =
    [
        new("AEAD_AES_256_GCM", 32, 12, 16, 16),
        new("AEAD_AES_128_GCM", 16, 12, 16, 16),
        new("AES_CM_128_HMAC_SHA1_80", 16, 14, 10, 10),
        // RTCP keeps the long tag (RFC 4568 §6.2.2).
        new("AES_CM_128_HMAC_SHA1_32", 16, 14, 4, 10),
    ];

    /// <summary>The one that every phone with SRTP speaks.</summary>
    public static SrtpSuite Common => Supported[2];

    public bool IsGalois => SaltBytes == 12;

    /// <returns>The suite of this name, or null.</returns>
    public static SrtpSuite? Find(string name) => Supported.FirstOrDefault(suite => suite.Name == name);
}
