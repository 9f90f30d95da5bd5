namespace Tandem.Hosting;

/// <summary>The start is refused; the message is one sentence for the administrator that names the key, file or
/// port.</summary>
public sealed class OptionsException(string message, Exception? inner = null) : Exception(message, inner);
