namespace Tandem.Contracts.Srs;

public enum CapturePhase { Idle, Starting, Recording, Paused, Failed }
