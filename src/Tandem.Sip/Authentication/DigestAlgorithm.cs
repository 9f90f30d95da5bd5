namespace Tandem.Sip.Authentication;

/// <summary>Algorithms of RFC 8760, weakest first.</summary>
public enum DigestAlgorithm
{
    Md5,
    Sha256,
}
