using System.Globalization;

namespace Tandem.ScreenRecordingService.Native.Windows.Dxgi;

/// <summary>A call of DXGI or Direct3D that failed.</summary>
/// <param name="result">HRESULT.</param>
internal sealed class DxgiException(int result, string what) : Exception($"{what} answered {Name(result)}")
{
    public const int NotImplemented = unchecked((int)0x80004001);
    public const int AccessDenied = unchecked((int)0x80070005);
    public const int NotFound = unchecked((int)0x887A0002);
    public const int Unsupported = unchecked((int)0x887A0004);
    public const int NotCurrentlyAvailable = unchecked((int)0x887A0022);
    public const int AccessLost = unchecked((int)0x887A0026);
    public const int WaitTimeout = unchecked((int)0x887A0027);
    public const int SessionDisconnected = unchecked((int)0x887A0028);

    public int Result => result;

    public static void Check(int result, string what)
    {
        if (result < 0)
            throw new DxgiException(result, what);
    }

    private static string Name(int result) => result switch
    {
        NotImplemented => "E_NOTIMPL",
        AccessDenied => "E_ACCESSDENIED",
        Unsupported => "DXGI_ERROR_UNSUPPORTED",
        NotCurrentlyAvailable => "DXGI_ERROR_NOT_CURRENTLY_AVAILABLE",
        AccessLost => "DXGI_ERROR_ACCESS_LOST",
        SessionDisconnected => "DXGI_ERROR_SESSION_DISCONNECTED",
        _ => string.Create(CultureInfo.InvariantCulture, $"0x{result:X8}"),
    };
}
