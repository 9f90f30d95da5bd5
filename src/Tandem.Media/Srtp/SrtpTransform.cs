using System.Buffers.Binary;

namespace Tandem.Media.Srtp;

/// <summary>Protects packets of one kind (RTP or RTCP) under one session key.</summary>
internal abstract class SrtpTransform : IDisposable
{
    protected const uint EncryptedFlag = 0x8000_0000;

    /// <summary>Seals an RTP packet in place.</summary>
    /// <param name="packet">With room for the tag behind <paramref name="bytes"/>.</param>
    /// <param name="header">Bytes that stay readable.</param>
    /// <param name="index">Roll-over counter and sequence number, 48 bits.</param>
    /// <returns>The new length.</returns>
    public abstract int Seal(Span<byte> packet, int bytes, int header, uint ssrc, ulong index);

    /// <returns>The length without tag, or -1 when it is not authentic.</returns>
    public abstract int Open(Span<byte> packet, int header, uint ssrc, ulong index);

    /// <param name="index">31 bits.</param>
    /// <returns>The new length.</returns>
    public abstract int SealReport(Span<byte> packet, int bytes, uint index);

    /// <returns>The length without index and tag, or -1 when it is not authentic.</returns>
    public abstract int OpenReport(Span<byte> packet, out uint index);

    public abstract void Dispose();

    /// <summary>The transform of a suite with its two session keys.</summary>
    public static SrtpTransform Create(SrtpKey master, bool rtcp)
    {
        var suite = master.Suite;
        var key = SrtpKeyDerivation.Derive(master, rtcp ? SrtpKeyDerivation.RtcpKey : SrtpKeyDerivation.RtpKey, suite.KeyBytes);
        var salt = SrtpKeyDerivation.Derive(master, rtcp ? SrtpKeyDerivation.RtcpSalt : SrtpKeyDerivation.RtpSalt, suite.SaltBytes);
        if (suite.IsGalois)
            return new GaloisTransform(key, salt, master.MkiBytes);
        var label = rtcp ? SrtpKeyDerivation.RtcpAuthentication : SrtpKeyDerivation.RtpAuthentication;
        return new CounterTransform(
            key, salt, SrtpKeyDerivation.Derive(master, label, CounterTransform.AuthenticationKeyBytes),
            rtcp ? suite.RtcpTagBytes : suite.RtpTagBytes, master.MkiBytes);
    }

    protected static uint ReadSsrc(ReadOnlySpan<byte> report) => BinaryPrimitives.ReadUInt32BigEndian(report[4..]);
}
