namespace Tandem.Safekeeping.Uploading;

/// <summary>tus 1.0.0 header names and values (tus.io/protocols/resumable-upload).</summary>
public static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string ContentType = "application/offset+octet-stream";
    public const string Resumable = "Tus-Resumable";
    public const string Offset = "Upload-Offset";
    public const string Length = "Upload-Length";
    public const string DeferLength = "Upload-Defer-Length";
    public const string Metadata = "Upload-Metadata";
    public const string Checksum = "Upload-Checksum";

    /// <summary>Status of a PATCH whose body does not have its checksum.</summary>
    public const int ChecksumMismatch = 460;

    /// <summary>Where uploads are made on RWS.</summary>
    public const string UploadsPath = "/api/v2/uploads";
}
