namespace Tandem.WebServices.Desks;

/// <summary>One message to a watcher.</summary>
/// <param name="IsText">The part that follows, as JSON; else media.</param>
internal readonly record struct LiveMessage(bool IsText, ReadOnlyMemory<byte> Bytes);
