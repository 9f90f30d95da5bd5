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

    /// <summary>Lets datagrams gather in the socket from now on, or no more: meanwhile <see cref="DatagramHub.Poll"/> does not
    /// look at the port, and nobody is woken.</summary>
    /// <returns>False where the hub could not tell afterwards when each of them came; nothing has changed.</returns>
    public virtual bool TryGather(bool on) => false;

    /// <summary>Hands over what has gathered.</summary>
    /// <returns>Everything that arrived before this moment of the hub's clock has been handed over.</returns>
    /// <exception cref="InvalidOperationException">Nothing gathers here.</exception>
    public virtual long Take(IDatagramReceiver receiver) => throw new InvalidOperationException("Nothing gathers at this port.");

    public abstract void Dispose();
}
