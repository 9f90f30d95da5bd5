namespace Tandem.Sip.Sdp;

/// <summary><c>a=name:value</c>, or a flag when Value is null (RFC 8866 §5.13).</summary>
public readonly record struct SdpAttribute(string Name, string? Value)
{
    public override string ToString() => Value is null ? Name : Name + ":" + Value;
}
