using System.Runtime.InteropServices;

namespace Tandem.Media.Codecs.Native;

/// <summary>libopus (opus_decoder.h, opus_encoder.h), version 1.1 or newer.</summary>
internal static unsafe partial class Opus
{
    public const int ApplicationVoip = 2048;
    public const int Ok = 0;

    [LibraryImport("libopus.so.0", EntryPoint = "opus_decoder_create")]
    public static partial nint DecoderCreate(int rate, int channels, out int error);

    [LibraryImport("libopus.so.0", EntryPoint = "opus_decode")]
    public static partial int Decode(nint decoder, byte* data, int bytes, short* pcm, int frameSamples, int fec);

    [LibraryImport("libopus.so.0", EntryPoint = "opus_decoder_destroy")]
    public static partial void DecoderDestroy(nint decoder);

    [LibraryImport("libopus.so.0", EntryPoint = "opus_encoder_create")]
    public static partial nint EncoderCreate(int rate, int channels, int application, out int error);

    [LibraryImport("libopus.so.0", EntryPoint = "opus_encode")]
    public static partial int Encode(nint encoder, short* pcm, int frameSamples, byte* data, int capacity);

    [LibraryImport("libopus.so.0", EntryPoint = "opus_encoder_destroy")]
    public static partial void EncoderDestroy(nint encoder);

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsPresent { get; } = Look();

    private static bool Look()
    {
        if (!NativeLibrary.TryLoad("libopus.so.0", out var handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
