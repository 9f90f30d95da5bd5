namespace Tandem.Hosting;

/// <summary>A running server role. Disposing it stops it: calls and recordings in progress are closed cleanly and
/// nothing recorded is lost.</summary>
public interface IRole : IAsyncDisposable
{
    /// <summary><c>sip</c>, <c>mcp</c> or <c>web</c>.</summary>
    string Name { get; }

    /// <summary>What it listens on, by purpose: <c>http</c>, <c>sip</c>, <c>cti</c>.</summary>
    IReadOnlyDictionary<string, Uri> Endpoints { get; }
}
