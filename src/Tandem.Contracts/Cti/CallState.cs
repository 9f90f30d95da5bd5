namespace Tandem.Contracts.Cti;

/// <summary>Why a call event came: T-Library's CallState.</summary>
public enum CallState { Ok, Transferred, Conferenced, Busy, NoAnswer, Redirected, Held, Retrieved, Failed }
