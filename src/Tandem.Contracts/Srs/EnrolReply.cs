namespace Tandem.Contracts.Srs;

/// <param name="IngestCertificate">PEM; stream keys are wrapped to it.</param>
public sealed record EnrolReply(string DeviceId, string ContactCenterId, string IngestCertificate);
