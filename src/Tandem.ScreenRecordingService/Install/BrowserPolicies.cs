using System.Text;
using System.Text.Json.Nodes;

namespace Tandem.ScreenRecordingService.Install;

/// <summary>Policies by which browsers let the desktop pages of these origins reach the local API without asking the agent:
/// JSON for Linux, registry text for Windows. Chrome and Edge: <c>LoopbackNetworkAllowedForUrls</c> (146 and newer) and
/// <c>LocalNetworkAccessAllowedForUrls</c> (139 to 145); Firefox: <c>LocalNetworkAccess</c> (147 and newer).</summary>
internal static class BrowserPolicies
{
    private static readonly string[] ChromiumNames = ["LoopbackNetworkAllowedForUrls", "LocalNetworkAccessAllowedForUrls"];

    /// <returns>The files written.</returns>
    public static IEnumerable<string> Write(string folder, IReadOnlyList<string> origins)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in Texts([.. origins.Distinct(StringComparer.Ordinal)]))
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            yield return path;
        }
    }

    /// <summary>File name and content. On Linux: chrome.json to <c>/etc/opt/chrome/policies/managed</c> (Chromium:
    /// <c>/etc/chromium/policies/managed</c>), edge.json to <c>/etc/opt/edge/policies/managed</c>, firefox.json into
    /// <c>/etc/firefox/policies/policies.json</c>.</summary>
    public static IEnumerable<(string Name, string Text)> Texts(IReadOnlyList<string> origins)
    {
        yield return ("chrome.json", Chromium(origins));
        yield return ("edge.json", Chromium(origins));
        yield return ("firefox.json", Firefox(origins));
        yield return ("chrome.reg", Registry(ChromiumNames.Select(name => ($@"Google\Chrome\{name}", origins, false))));
        yield return ("edge.reg", Registry(ChromiumNames.Select(name => ($@"Microsoft\Edge\{name}", origins, false))));
        yield return ("firefox.reg", Registry([(@"Mozilla\Firefox\LocalNetworkAccess", [], true), (@"Mozilla\Firefox\LocalNetworkAccess\SkipDomains", Hosts(origins), false)]));
    }

    private static string Chromium(IReadOnlyList<string> origins)
    {
        var policy = new JsonObject();
        foreach (var name in ChromiumNames)
            policy[name] = List(origins);
        return policy.ToString() + "\n";
    }

    private static string Firefox(IReadOnlyList<string> origins) => new JsonObject
    {
        ["policies"] = new JsonObject { ["LocalNetworkAccess"] = new JsonObject { ["Enabled"] = true, ["SkipDomains"] = List(Hosts(origins)) } },
    }.ToString() + "\n";

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];

    private static string[] Hosts(IEnumerable<string> origins) => [.. origins.Select(o => new Uri(o).Host).Distinct(StringComparer.Ordinal)];

    /// <summary>Text that regedit takes: a heading, then keys with numbered strings.</summary>
    private static string Registry(IEnumerable<(string Key, IReadOnlyList<string> Values, bool Enabled)> keys)
    {
        var text = new StringBuilder("Windows Registry Editor Version 5.00\r\n");
        foreach (var (key, values, enabled) in keys)
        {
            text.Append($"\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\{key}]\r\n");
            if (enabled)
                text.Append("\"Enabled\"=dword:00000001\r\n");
            for (var i = 0; i < values.Count; i++)
                text.Append($"\"{i + 1}\"=\"{values[i]}\"\r\n");
        }
        return text.ToString();
    }
}
