namespace Tandem.Media.Mp4;

public enum VideoCodec { Vp9, H264, Av1 }
