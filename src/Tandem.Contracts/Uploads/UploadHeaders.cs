namespace Tandem.Contracts.Uploads;

/// <summary>Header names beyond tus 1.0's own.</summary>
public static class UploadHeaders
{
    /// <summary>On the PATCH that declares Upload-Length: lower-case hex SHA-256 over the record digests. On HEAD of a
    /// stored upload: the same, once RWS has the whole. Only then may the sender forget its copy.</summary>
    public const string Digest = "Tandem-Digest";

    /// <summary>On HEAD: <c>stored</c> once the object is in the vault.</summary>
    public const string State = "Tandem-State";

    public const string StoredState = "stored";
}
