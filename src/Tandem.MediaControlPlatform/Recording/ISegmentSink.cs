using Tandem.Contracts.Media;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Where a recorder's records go. Every call returns at once: whatever waits for the disk does so elsewhere.</summary>
internal interface ISegmentSink
{
    /// <summary>True when the stream died of a disk fault: a new one must be opened.</summary>
    bool IsBroken { get; }

    /// <summary>Puts down the report as it stands, to be sent should we die.</summary>
    void Update(VoiceSegmentReport report);

    /// <summary>Begins a stream; the one before it is closed.</summary>
    /// <param name="startUtcUs">Of its first sample.</param>
    void Open(VoicePart part, PartFormat format, long startUtcUs);

    /// <summary>Hands over one record of the open stream.</summary>
    /// <param name="offset">Where its first byte stands in the stream; what is missing before is filled with silence.</param>
    /// <param name="rented">Of <see cref="RecordBuffers"/>; given back by the sink.</param>
    /// <returns>False when the sink is full: nothing was taken, and the array is still the caller's.</returns>
    bool TryAppend(long offset, byte[] rented, int bytes, long utcUs, long monotonicUs);

    /// <summary>Another stream of the same segment; it has no report and tells nobody.</summary>
    ISegmentSink Another();

    /// <summary>Closes the open stream.</summary>
    void Close();

    /// <summary>Closes everything and sends the final report.</summary>
    void Finish(VoiceSegmentReport report);

    /// <summary>Tells who asked that a state change is done, once all before it is on its way to the disk.</summary>
    /// <param name="name">MSML event name.</param>
    void Tell(string name, string? cause);
}
