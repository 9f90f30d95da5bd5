using System.Globalization;
using System.Text;

namespace Tandem.Sip.Sdp;

/// <summary>Writes descriptions in the order RFC 8866 §5 demands.</summary>
internal static class SdpWriter
{
    public static string Write(SdpSession session)
    {
        var text = new StringBuilder(512);
        text.Append("v=0\r\no=").Append(session.Origin).Append("\r\ns=").Append(session.Name).Append("\r\n");
        foreach (var line in session.OtherLines.Where(l => l[0] is 'i' or 'u' or 'e' or 'p')) text.Append(line).Append("\r\n");
        if (session.Connection is not null) AppendConnection(text, session.Connection);
        foreach (var line in session.OtherLines.Where(l => l[0] == 'b')) text.Append(line).Append("\r\n");
        text.Append("t=").Append(session.Timing).Append("\r\n");
        foreach (var line in session.OtherLines.Where(l => l[0] is 'r' or 'z' or 'k')) text.Append(line).Append("\r\n");
        foreach (var attribute in session.Attributes) text.Append("a=").Append(attribute).Append("\r\n");
        foreach (var media in session.Media) AppendMedia(text, media);
        return text.ToString();
    }

    private static void AppendMedia(StringBuilder text, SdpMedia media)
    {
        text.Append("m=").Append(media.Type).Append(' ').Append(media.Port.ToString(CultureInfo.InvariantCulture));
        if (media.PortCount != 1) text.Append('/').Append(media.PortCount.ToString(CultureInfo.InvariantCulture));
        text.Append(' ').Append(media.Protocol);
        foreach (var format in media.Formats) text.Append(' ').Append(format);
        text.Append("\r\n");
        foreach (var line in media.OtherLines.Where(l => l[0] == 'i')) text.Append(line).Append("\r\n");
        if (media.Connection is not null) AppendConnection(text, media.Connection);
        foreach (var line in media.OtherLines.Where(l => l[0] != 'i')) text.Append(line).Append("\r\n");
        foreach (var attribute in media.Attributes) text.Append("a=").Append(attribute).Append("\r\n");
    }

    private static void AppendConnection(StringBuilder text, string address) =>
        text.Append("c=IN ").Append(address.Contains(':', StringComparison.Ordinal) ? "IP6 " : "IP4 ").Append(address).Append("\r\n");
}
