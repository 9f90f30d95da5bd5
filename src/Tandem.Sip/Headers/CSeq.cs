using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tandem.Sip.Headers;

/// <summary>CSeq = 1*DIGIT LWS Method (RFC 3261 §20.16); the number is below 2^31 (§8.1.1.5).</summary>
public readonly record struct CSeq(uint Number, string Method)
{
    /// <summary>Reads a CSeq value; false when the number is missing, 2^31 or more, or the method is missing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CSeq cseq)
    {
        cseq = new CSeq(0, "");
        if (text is null) return false;
        var span = text.AsSpan().Trim();
        var gap = span.IndexOfAny(' ', '\t');
        if (gap <= 0 || !uint.TryParse(span[..gap], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        if (number > int.MaxValue) return false;
        var method = span[gap..].Trim();
        if (method.IsEmpty || method.IndexOfAny(' ', '\t') >= 0) return false;
        cseq = new CSeq(number, method.ToString());
        return true;
    }

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture) + " " + Method;
}
