namespace Tandem.Server;

/// <summary>The environment does not let us start; the message is one sentence for the administrator.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
