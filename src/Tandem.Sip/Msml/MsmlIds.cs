namespace Tandem.Sip.Msml;

/// <summary>Identifiers of RFC 5707 §6: <c>conf:X</c>, <c>conn:Y</c>, and below them <c>/dialog:Z</c>.</summary>
public static class MsmlIds
{
    public static string Conference(string id) => "conf:" + id;

    public static string Connection(string id) => "conn:" + id;

    /// <summary>The id of a dialog on a conference or connection.</summary>
    public static string Dialog(string target, string name) => target + "/dialog:" + name;

    /// <summary>The part after <c>conf:</c> without what follows '/', or null.</summary>
    public static string? ConferenceOf(string id) => Part(id, "conf:");

    /// <summary>The part after <c>conn:</c> without what follows '/', or null.</summary>
    public static string? ConnectionOf(string id) => Part(id, "conn:");

    /// <summary>The part after <c>/dialog:</c>, or null.</summary>
    public static string? DialogOf(string id)
    {
        var at = id.IndexOf("/dialog:", StringComparison.Ordinal);
        return at < 0 ? null : id[(at + "/dialog:".Length)..];
    }

    private static string? Part(string id, string prefix)
    {
        if (!id.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? id[prefix.Length..] : id[prefix.Length..slash];
    }
}
