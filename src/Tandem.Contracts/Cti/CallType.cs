namespace Tandem.Contracts.Cti;

public enum CallType { Unknown, Internal, Inbound, Outbound, Consult }
