namespace Tandem.Sip.Transport;

internal sealed class StreamConnection;
