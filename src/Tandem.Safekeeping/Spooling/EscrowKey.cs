using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tandem.Safekeeping.Spooling;

/// <summary>The spool's own certificate, <c>escrow.pem</c> (0600): holds stream keys until RWS's is known, so that media
/// is never lost for want of a certificate.</summary>
internal static class EscrowKey
{
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static X509Certificate2 OpenOrCreate(string folder, TimeProvider time)
    {
        var path = Path.Combine(folder, "escrow.pem");
        if (!File.Exists(path))
            Durable.WriteAll(path, Encoding.ASCII.GetBytes(CreatePem(time)), ownerOnly: true);
        var pem = File.ReadAllText(path);
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    private static string CreatePem(TimeProvider time)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Tandem spool escrow", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(30));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
