using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Hosting;

/// <summary>SIP over TLS, of SIP Server and of MCP.</summary>
public sealed record SipTlsOptions
{
    /// <summary>Null: what the role usually has, 5061 or 5071.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>PEM file of our certificate, with those of its issuers behind it.</summary>
    [Required, MinLength(1)]
    public string Certificate { get; init; } = "";

    /// <summary>PEM file of its private key; null: it stands in the certificate's file.</summary>
    public string? Key { get; init; }

    /// <summary>PEM file of the roots that the certificates of others are checked against; null: those of the system.</summary>
    public string? TrustedRoots { get; init; }

    /// <exception cref="InvalidDataException">A file is missing or holds no certificate; the message names it.</exception>
    public X509Certificate2 Load() => Reading(Certificate, () =>
    {
        using var read = X509Certificate2.CreateFromPemFile(Certificate, Key ?? Certificate);

        // The key of a certificate made from PEM is ephemeral, which TLS on Windows does not take.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    });

    /// <exception cref="InvalidDataException">The file is missing or holds no certificate; the message names it.</exception>
    public X509Certificate2Collection? LoadRoots() => TrustedRoots is not { } path ? null : Reading(path, () =>
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(path);
        return roots;
    });

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"tls: {path} cannot be read: {failure.Message}", failure);
        }
    }
}
