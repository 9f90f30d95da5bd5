namespace Tandem.MediaControlPlatform.Recording;

/// <summary>A record on its way from the media thread to the disk thread; a value, so that handing it over allocates
/// nothing.</summary>
/// <param name="Sink">Whose it is.</param>
/// <param name="Offset">Where its first byte stands in the stream.</param>
/// <param name="Rented">Of <see cref="RecordBuffers"/>.</param>
/// <param name="MonotonicUs">Call clock.</param>
internal readonly record struct SpoolRecord(
    SpoolSink Sink, long Offset, byte[] Rented, int Bytes, long UtcUs, long MonotonicUs)
{
    public void Write()
    {
        try
        {
            Sink.Append(this);
        }
        finally
        {
            RecordBuffers.Pool.Return(Rented);
        }
    }
}
