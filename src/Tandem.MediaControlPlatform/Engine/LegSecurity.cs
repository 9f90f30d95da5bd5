using Tandem.Media.Net;
using Tandem.Media.Srtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Opens and seals the packets of a leg that speaks SRTP. Lives on the engine's thread.</summary>
internal sealed class LegSecurity : IDisposable
{
    [ThreadStatic]
    private static byte[]? s_scratch;
    private SrtpTerms _terms;
    private SrtpSender _sender;
    private SrtpReceiver _receiver;

    private LegSecurity(SrtpTerms terms) =>
        (_terms, _sender, _receiver) = (terms, new SrtpSender(terms.Ours), new SrtpReceiver(terms.Theirs));

    public long Refused => _receiver.Refused;

    /// <summary>What follows from a new agreement: a key that stays keeps its counters (RFC 3711 §3.2.3), null for a leg in
    /// clear.</summary>
    public static LegSecurity? Renew(LegSecurity? now, SrtpTerms? terms)
    {
        if (terms is null || now is null)
        {
            now?.Dispose();
            return terms is null ? null : new LegSecurity(terms);
        }
        now.Change(terms);
        return now;
    }

    /// <summary>Opens an RTP packet in place and cuts off its tag.</summary>
    public bool TryOpen(ref Span<byte> datagram)
    {
        if (!_receiver.TryUnprotect(datagram, out var bytes))
            return false;
        datagram = datagram[..bytes];
        return true;
    }

    /// <summary>Opens a compound RTCP packet in place and cuts off its tag.</summary>
    public bool TryOpenReport(ref Span<byte> datagram)
    {
        if (!_receiver.TryUnprotectReport(datagram, out var bytes))
            return false;
        datagram = datagram[..bytes];
        return true;
    }

    /// <summary>The sealed packet; valid until the next call on this thread.</summary>
    public ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> packet)
    {
        var scratch = Scratch(packet);
        return scratch[.._sender.Protect(scratch, packet.Length)];
    }

    /// <summary>The same for a compound RTCP packet.</summary>
    public ReadOnlySpan<byte> SealReport(ReadOnlySpan<byte> packet)
    {
        var scratch = Scratch(packet);
        return scratch[.._sender.ProtectReport(scratch, packet.Length)];
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    private void Change(SrtpTerms terms)
    {
        if (!_terms.Ours.IsSame(terms.Ours))
        {
            _sender.Dispose();
            _sender = new SrtpSender(terms.Ours);
        }
        if (!_terms.Theirs.IsSame(terms.Theirs))
        {
            _receiver.Dispose();
            _receiver = new SrtpReceiver(terms.Theirs);
        }
        _terms = terms;
    }

    private static Span<byte> Scratch(ReadOnlySpan<byte> packet)
    {
        var scratch = s_scratch ??= new byte[DatagramHub.DatagramBytes + SrtpSuite.GrowthBytes];
        packet.CopyTo(scratch);
        return scratch;
    }
}
