namespace Tandem.WebServices.Playback;

/// <param name="Channels">Per channel: min, max, min, max … from -32768 to 32767.</param>
internal sealed record PeaksView(int SamplesPerPeak, int Rate, IReadOnlyList<IReadOnlyList<short>> Channels);
