using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Whether a leg's packets are taken as they come, or gather in the socket because nobody hears them. Lives on the
/// engine's thread.</summary>
internal sealed class LegIntake(DatagramPort port, IDatagramReceiver receiver)
{
    private bool _taking;

    public bool Gathers { get; private set; }

    /// <summary>While packets gather: all that arrived before this moment have been taken.</summary>
    public long TakenToUs { get; private set; }

    /// <summary>Begins or ends the gathering; what has gathered is taken first.</summary>
    public void Gather(bool on)
    {
        if (on == Gathers)
            return;
        Take();
        if (!port.TryGather(on))
            return;
        Gathers = on;
        Take();
    }

    /// <summary>Takes what has gathered.</summary>
    public void Take()
    {
        // A packet that changes the codec asks again from within, when the ones behind it are not read yet.
        if (!Gathers || _taking)
            return;
        _taking = true;
        try
        {
            TakenToUs = port.Take(receiver);
        }
        finally
        {
            _taking = false;
        }
    }
}
