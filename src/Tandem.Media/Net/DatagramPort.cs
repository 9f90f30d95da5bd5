namespace Tandem.Media.Net;

/// <summary>One bound UDP socket of a <see cref="DatagramHub"/>. Used from the hub's thread only.</summary>
public abstract class DatagramPort : IDisposable
{
    public required MediaAddress Local { get; init; }

    /// <summary>Whatever the receiver needs to know whose port this is.</summary>
    public object? Owner { get; set; }

    /// <summary>Sends at once or not at all: a full buffer or an unreachable peer loses the datagram, as UDP may.</summary>
    /// <returns>False when the datagram was not sent.</returns>
    public abstract bool Send(ReadOnlySpan<byte> datagram, MediaAddress target);

    public abstract void Dispose();
}
