namespace Tandem.Lab;

/// <summary>Something of the simulated world does not do what it should; the message says what, for people.</summary>
public sealed class LabException(string message, Exception? cause = null) : Exception(message, cause);
