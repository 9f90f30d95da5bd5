using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>Commands to rtpengine over its <c>ng</c> protocol: bencoded dictionaries in UDP behind a cookie.</summary>
internal sealed class NgClient : IDisposable
{
    private readonly UdpClient _socket = new();
    private int _number;

    public NgClient(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <param name="values">Keys with strings, or lists of strings.</param>
    /// <returns>The answer's strings by their keys.</returns>
    public async Task<Dictionary<string, string>> AskAsync(string command, params (string Key, object Value)[] values)
    {
        var cookie = string.Create(CultureInfo.InvariantCulture, $"{++_number}");
        var pairs = values.Append(("command", command)).OrderBy(pair => pair.Item1, StringComparer.Ordinal);
        var text = cookie + " d" + string.Concat(pairs.Select(pair => Encode(pair.Item1) + Encode(pair.Item2))) + "e";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _socket.SendAsync(Encoding.Latin1.GetBytes(text), limit.Token);
        while (true)
        {
            var got = Encoding.Latin1.GetString((await _socket.ReceiveAsync(limit.Token)).Buffer);
            if (got.StartsWith(cookie + " ", StringComparison.Ordinal))
                return Decode(got[(cookie.Length + 1)..]);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static string Encode(object value) => value is string text
        ? $"{text.Length}:{text}"
        : "l" + string.Concat(((string[])value).Select(Encode)) + "e";

    private static Dictionary<string, string> Decode(string text)
    {
        var at = 0;
        var found = new Dictionary<string, string>();
        Read(text, ref at, found);
        return found;
    }

    /// <summary>Reads one value; a dictionary's strings are put into <paramref name="found"/>.</summary>
    private static string Read(string text, ref int at, Dictionary<string, string>? found)
    {
        switch (text[at])
        {
            case 'd' or 'l':
                var isDictionary = text[at++] == 'd';
                while (text[at] != 'e')
                {
                    var key = isDictionary ? Read(text, ref at, null) : "";
                    var value = Read(text, ref at, null);
                    if (isDictionary && found is not null)
                        found[key] = value;
                }
                at++;
                return "";
            case 'i':
                var end = text.IndexOf('e', at);
                var number = text[(at + 1)..end];
                at = end + 1;
                return number;
            default:
                var colon = text.IndexOf(':', at);
                var length = int.Parse(text.AsSpan(at, colon - at), CultureInfo.InvariantCulture);
                at = colon + 1 + length;
                return text.Substring(colon + 1, length);
        }
    }
}
