using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Safekeeping.Tests;

internal static class Certificates
{
    public static X509Certificate2 Rsa()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test ingest", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
