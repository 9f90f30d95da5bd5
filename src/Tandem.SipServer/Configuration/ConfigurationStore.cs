using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tandem.Safekeeping;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Configuration;

/// <summary>Who exists: DNs, trunks, groups and the rules of recording, in <c>configuration.json</c>. Reading is free of
/// locks; a change is on disk before it counts.</summary>
internal sealed class ConfigurationStore
{
    private readonly string _path;
    private readonly Lock _writing = new();
    private volatile StoredConfiguration _now;

    private ConfigurationStore(string path, StoredConfiguration now) => (_path, _now) = (path, now);

    public string Realm => _now.Realm;

    /// <exception cref="InvalidDataException">The file is not a configuration; the message says why.</exception>
    public static ConfigurationStore Open(string path, string realm)
    {
        if (!File.Exists(path)) return new ConfigurationStore(path, new StoredConfiguration { Realm = realm });
        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.StoredConfiguration);
            if (stored is null) throw new InvalidDataException($"{path} is empty");
            if (stored.Realm != realm && stored.Dns.Values.Any(dn => dn.SecretMd5 is not null))
                throw new InvalidDataException($"{path} has passwords for realm '{stored.Realm}', but realm is '{realm}'");
            return new ConfigurationStore(path, stored with { Realm = realm });
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is not a configuration: {fault.Message}", fault);
        }
    }

    public DnSettings? Dn(string dn) => _now.Dns.GetValueOrDefault(dn);

    public IReadOnlyList<DnView> Dns() =>
        [.. _now.Dns.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => View(one.Key, one.Value))];

    public Dictionary<string, TrunkSettings> Trunks() => _now.Trunks;

    public Dictionary<string, GroupSettings> Groups() => _now.Groups;

    public IReadOnlyList<RecordingRule> RecordingRules() => _now.RecordingRules;

    /// <summary>The trunk with the longest prefix of this number, or null: no dial plan reaches outside by default.</summary>
    public (string Name, TrunkSettings Trunk)? TrunkFor(string number)
    {
        var best = _now.Trunks
            .SelectMany(one => one.Value.Prefixes, (one, prefix) => (one.Key, one.Value, prefix))
            .Where(one => number.StartsWith(one.prefix, StringComparison.Ordinal))
            .OrderByDescending(one => one.prefix.Length)
            .FirstOrDefault();
        return best.Key is null ? null : (best.Key, best.Value);
    }

    /// <summary>The name of the trunk that sends from there, or null.</summary>
    public string? TrunkAt(SipSource source)
    {
        foreach (var (name, trunk) in _now.Trunks)
        {
            if (trunk.Sends(source)) return name;
        }

        return null;
    }

    /// <summary>The DNs that a queue delivers to: its own list, then those of its groups.</summary>
    public IEnumerable<string> MembersOf(DnSettings queue) => (queue.Members ?? [])
        .Concat((queue.Groups ?? []).SelectMany(group => _now.Groups.GetValueOrDefault(group)?.Members ?? []))
        .Distinct();

    public DnView Put(string dn, DnInput input)
    {
        Apply(new Provisioning { Dns = new Dictionary<string, DnInput> { [dn] = input } });
        return View(dn, Dn(dn)!);
    }

    public void PutTrunk(string name, TrunkSettings trunk) =>
        Apply(new Provisioning { Trunks = new Dictionary<string, TrunkSettings> { [name] = trunk } });

    public void PutGroup(string name, GroupSettings group) =>
        Apply(new Provisioning { Groups = new Dictionary<string, GroupSettings> { [name] = group } });

    public void PutRecordingRules(IReadOnlyList<RecordingRule> rules) => Apply(new Provisioning { RecordingRules = rules });

    /// <summary>Puts all that is named; one write.</summary>
    public void Apply(Provisioning named)
    {
        lock (_writing)
        {
            Change(_now with
            {
                Dns = With(_now.Dns, named.Dns.Select(one => KeyValuePair.Create(one.Key, Settings(one.Key, one.Value)))),
                Trunks = With(_now.Trunks, named.Trunks),
                Groups = With(_now.Groups, named.Groups),
                RecordingRules = named.RecordingRules ?? _now.RecordingRules,
            });
        }
    }

    public bool Delete(string dn) => Delete(now => now.Dns.ContainsKey(dn), now => now with { Dns = Without(now.Dns, dn) });

    public bool DeleteTrunk(string name) =>
        Delete(now => now.Trunks.ContainsKey(name), now => now with { Trunks = Without(now.Trunks, name) });

    public bool DeleteGroup(string name) =>
        Delete(now => now.Groups.ContainsKey(name), now => now with { Groups = Without(now.Groups, name) });

    private static DnView View(string dn, DnSettings settings) => new(
        dn, settings.Type, settings.Record, settings.DisplayName, settings.AfterCallWorkSeconds, settings.RecordPercent,
        settings.Members, settings.Groups, settings.Delivery, settings.SecretSha256 is not null);

    private DnSettings Settings(string dn, DnInput input)
    {
        var old = Dn(dn);
        return new DnSettings
        {
            Type = input.Type,
            SecretMd5 = input.Password is { } md5 ? Secret(dn, md5, MD5.HashData) : old?.SecretMd5,
            SecretSha256 = input.Password is { } sha ? Secret(dn, sha, SHA256.HashData) : old?.SecretSha256,
            Record = input.Record,
            DisplayName = input.DisplayName,
            AfterCallWorkSeconds = input.AfterCallWorkSeconds,
            RecordPercent = input.RecordPercent,
            Members = input.Members,
            Groups = input.Groups,
            Delivery = input.Delivery,
        };
    }

    private string Secret(string dn, string password, Func<byte[], byte[]> hash) =>
        Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes($"{dn}:{Realm}:{password}")));

    private static Dictionary<string, T> With<T>(Dictionary<string, T> old, IEnumerable<KeyValuePair<string, T>> more)
    {
        var changed = new Dictionary<string, T>(old, StringComparer.Ordinal);
        foreach (var (name, value) in more) changed[name] = value;
        return changed;
    }

    private static Dictionary<string, T> Without<T>(Dictionary<string, T> old, string name) =>
        new(old.Where(one => one.Key != name), StringComparer.Ordinal);

    private bool Delete(Func<StoredConfiguration, bool> has, Func<StoredConfiguration, StoredConfiguration> without)
    {
        lock (_writing)
        {
            if (!has(_now)) return false;
            Change(without(_now));
            return true;
        }
    }

    private void Change(StoredConfiguration next)
    {
        Durable.Replace(
            _path, JsonSerializer.SerializeToUtf8Bytes(next, ConfigurationJson.Default.StoredConfiguration), ownerOnly: true);
        _now = next;
    }
}
