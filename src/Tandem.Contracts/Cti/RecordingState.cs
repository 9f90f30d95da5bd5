namespace Tandem.Contracts.Cti;

/// <summary><see cref="On"/> only after MCP confirmed that it writes; <see cref="Failed"/> has a cause in Reason.</summary>
public enum RecordingState { Off, On, Paused, Failed }
