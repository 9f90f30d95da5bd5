using System.Buffers;

namespace Tandem.Sip.Parsing;

/// <summary>Character classes of RFC 3261 §25.1.</summary>
internal static class SipChars
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")</summary>
    public static readonly SearchValues<char> Token = SearchValues.Create(Alphanumeric + "-.!%*_+`'~");

    public static readonly SearchValues<byte> TokenBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"u8);

    /// <summary>user = 1*( unreserved / escaped / "&amp;" / "=" / "+" / "$" / "," / ";" / "?" / "/" )</summary>
    public static readonly SearchValues<char> User = SearchValues.Create(Alphanumeric + "-_.!~*'()&=+$,;?/");

    /// <summary>password = *( unreserved / escaped / "&amp;" / "=" / "+" / "$" / "," )</summary>
    public static readonly SearchValues<char> Password = SearchValues.Create(Alphanumeric + "-_.!~*'()&=+$,");

    /// <summary>hostname, leniently with underscore, as found in the field.</summary>
    public static readonly SearchValues<char> HostName = SearchValues.Create(Alphanumeric + "-._");

    /// <summary>paramchar and '%', plus what phones send unescaped in URI parameters.</summary>
    public static readonly SearchValues<char> UriParameter = SearchValues.Create(Alphanumeric + "-_.!~*'()[]/:&+$%@\"");

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenBytes);
}
