namespace Tandem.Media.Codecs;

/// <summary>The two companding laws of ITU-T G.711.</summary>
public enum G711Law
{
    /// <summary>µ-law, static payload type 0, silence 0xFF.</summary>
    Mu,

    /// <summary>A-law, static payload type 8, silence 0xD5.</summary>
    A,
}
