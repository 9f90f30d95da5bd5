namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>How a block's vector is told (VP9 bitstream specification, section 6.4.20).</summary>
internal enum BlockMode : byte { Zero, Nearest, Near, New }
