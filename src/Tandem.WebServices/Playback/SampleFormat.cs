namespace Tandem.WebServices.Playback;

internal enum SampleFormat { ALaw, MuLaw, Pcm16 }
