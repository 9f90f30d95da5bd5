namespace Tandem.Contracts.Uploads;

public enum StreamKind { Voice, Screen }
