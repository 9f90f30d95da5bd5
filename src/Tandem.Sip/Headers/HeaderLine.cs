using System.Text;

namespace Tandem.Sip.Headers;

/// <summary>One header line: canonical name, and a value that is decoded from the received bytes when first asked for.</summary>
internal sealed class HeaderLine
{
    private string? _value;
    private readonly ReadOnlyMemory<byte> _raw;

    public HeaderLine(string name, string value) => (Name, _value) = (name, value);

    public HeaderLine(string name, ReadOnlyMemory<byte> raw) => (Name, _raw) = (name, raw);

    public string Name { get; }

    public string Value => _value ??= Encoding.UTF8.GetString(_raw.Span);

    /// <summary>The received bytes while nobody has set a value; empty otherwise.</summary>
    public ReadOnlySpan<byte> Raw => _raw.Span;

    public bool IsRaw => _raw.Length > 0;
}
