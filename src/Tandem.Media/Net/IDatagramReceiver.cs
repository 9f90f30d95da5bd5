namespace Tandem.Media.Net;

/// <summary>Takes what a <see cref="DatagramHub"/> received.</summary>
public interface IDatagramReceiver
{
    /// <param name="datagram">Valid during the call, may be changed in place.</param>
    /// <param name="arrivalUs">Microseconds on the hub's clock, from the kernel's own stamp where it gives one.</param>
    void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs);
}
