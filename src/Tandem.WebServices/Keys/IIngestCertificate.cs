namespace Tandem.WebServices.Keys;

/// <summary>The certificate that recorders wrap stream keys to.</summary>
internal interface IIngestCertificate
{
    string Pem { get; }
}
