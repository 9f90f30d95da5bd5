using System.Globalization;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.SipServer.Registrar;

/// <summary>The contacts of a REGISTER, judged (RFC 3261 section 10.3). Pure.</summary>
/// <param name="Contacts">URI, seconds and q of each; seconds 0 removes.</param>
/// <param name="RemoveAll"><c>Contact: *</c> with Expires 0.</param>
/// <param name="Status">200, or why it is refused.</param>
internal sealed record RegisterRequest(
    IReadOnlyList<(string Uri, int Seconds, double Q)> Contacts, bool RemoveAll, int Status)
{
    public const int MinSeconds = 20;
    public const int MaxSeconds = 3600;
    private const int MaxContacts = 10;

    public static RegisterRequest Judge(SipRequest request)
    {
        var elements = request.Headers.Elements(HeaderNames.Contact).ToArray();
        var header = Seconds(request.Headers["Expires"]);
        if (elements.Contains("*"))
            return elements.Length == 1 && header == 0 ? new([], true, 200) : new([], false, 400);
        if (elements.Length > MaxContacts) return new([], false, 400);
        var contacts = new List<(string, int, double)>();
        foreach (var element in elements)
        {
            if (!NameAddress.TryParse(element, out var address) || !address.Uri.IsSip) return new([], false, 400);
            var seconds = address.Expires ?? header ?? MaxSeconds;
            if (seconds is > 0 and < MinSeconds) return new([], false, 423);
            contacts.Add((address.Uri.ToString(), Math.Min(seconds, MaxSeconds), Quality(address.Parameters["q"])));
        }

        return new(contacts, false, 200);
    }

    private static int? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static double Quality(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q)
            ? Math.Clamp(q, 0, 1)
            : 1;
}
