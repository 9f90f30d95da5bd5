using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tandem.Safekeeping;

namespace Tandem.WebServices.Keys;

/// <summary>The server's own keys under <c>DATA/keys</c> (files 0600), made at the first start: <c>ingest.pem</c>
/// (recorders wrap stream keys to it), <c>recording.pem</c> (the key table is wrapped to it), <c>signing.pem</c> (manifests
/// and ledger), and <c>signing.crt</c>, the certificate that verification pins.</summary>
internal sealed class KeyRing : IIngestCertificate, IDisposable
{
    private KeyRing(X509Certificate2 ingest, X509Certificate2 recording, X509Certificate2 signing)
    {
        Ingest = ingest;
        Recording = recording;
        Signing = signing;
        Pem = ingest.ExportCertificatePem() + "\n";
    }

    public string Pem { get; }
    public X509Certificate2 Ingest { get; }
    public X509Certificate2 Recording { get; }

    /// <summary>ECDSA P-256.</summary>
    public X509Certificate2 Signing { get; }

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="CryptographicException">A key file is damaged.</exception>
    public static KeyRing OpenOrCreate(string folder, TimeProvider time)
    {
        Durable.CreateFolder(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Two RSA keys take a while each; both cores are free at a first start.
        var ingest = Task.Run(() => Load(folder, "ingest", () => RsaPem("CN=Tandem ingest", time)));
        var recording = Load(folder, "recording", () => RsaPem("CN=Tandem recording", time));
        var signing = Load(folder, "signing", () => EcdsaPem("CN=Tandem manifest signing", time));
        var pinned = Path.Combine(folder, "signing.crt");
        if (!File.Exists(pinned))
            Durable.WriteAll(pinned, Encoding.ASCII.GetBytes(signing.ExportCertificatePem() + "\n"));
        return new KeyRing(ingest.GetAwaiter().GetResult(), recording, signing);
    }

    public void Dispose()
    {
        Ingest.Dispose();
        Recording.Dispose();
        Signing.Dispose();
    }

    private static X509Certificate2 Load(string folder, string name, Func<string> create)
    {
        var path = Path.Combine(folder, name + ".pem");
        if (!File.Exists(path))
            Durable.WriteAll(path, Encoding.ASCII.GetBytes(create()), ownerOnly: true);
        return X509Certificate2.CreateFromPemFile(path, path);
    }

    private static string RsaPem(string name, TimeProvider time)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return WithCertificate(request, key.ExportPkcs8PrivateKeyPem(), time);
    }

    private static string EcdsaPem(string name, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return WithCertificate(new CertificateRequest(name, key, HashAlgorithmName.SHA256), key.ExportPkcs8PrivateKeyPem(), time);
    }

    private static string WithCertificate(CertificateRequest request, string key, TimeProvider time)
    {
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(30));
        return certificate.ExportCertificatePem() + "\n" + key + "\n";
    }
}
