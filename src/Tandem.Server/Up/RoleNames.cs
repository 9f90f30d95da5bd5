using Tandem.Hosting;

namespace Tandem.Server.Up;

/// <summary>The roles in the order in which they start; they stop the other way round, so that calls end first, then
/// their recordings are handed over, then the store closes.</summary>
internal static class RoleNames
{
    internal const string Web = "web";
    internal const string Mcp = "mcp";
    internal const string Sip = "sip";

    internal static readonly IReadOnlyList<string> All = [Web, Mcp, Sip];

    /// <param name="list">Such as <c>sip,mcp,web</c>.</param>
    internal static IReadOnlyList<string> Parse(string list)
    {
        var named = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (named.FirstOrDefault(name => !All.Contains(name)) is { } unknown)
            throw new OptionsException($"there is no role '{unknown}'; the roles are sip, mcp and web");
        return named.Length == 0
            ? throw new OptionsException("no role is named; the roles are sip, mcp and web")
            : [.. All.Where(named.Contains)];
    }
}
