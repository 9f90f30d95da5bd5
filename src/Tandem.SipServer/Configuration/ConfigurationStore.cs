using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tandem.Safekeeping;

namespace Tandem.SipServer.Configuration;

/// <summary>Who exists: DNs and trunks, in <c>configuration.json</c>. Reading is free of locks; a change is on disk
/// before it counts.</summary>
internal sealed class ConfigurationStore
{
    private readonly string _path;
    private readonly string _realm;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, DnSettings> _dns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TrunkSettings> _trunks = new(StringComparer.Ordinal);

    private ConfigurationStore(string path, string realm) => (_path, _realm) = (path, realm);

    public string Realm => _realm;

    /// <exception cref="InvalidDataException">The file is not a configuration; the message says why.</exception>
    public static ConfigurationStore Open(string path, string realm)
    {
        var store = new ConfigurationStore(path, realm);
        if (!File.Exists(path)) return store;
        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.StoredConfiguration);
            if (stored is null) throw new InvalidDataException($"{path} is empty");
            if (stored.Realm != realm && stored.Dns.Values.Any(dn => dn.SecretMd5 is not null))
                throw new InvalidDataException($"{path} has passwords for realm '{stored.Realm}', but realm is '{realm}'");
            foreach (var (dn, settings) in stored.Dns) store._dns[dn] = settings;
            foreach (var (name, settings) in stored.Trunks) store._trunks[name] = settings;
            return store;
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is not a configuration: {fault.Message}", fault);
        }
    }

    public DnSettings? Dn(string dn) => _dns.GetValueOrDefault(dn);

    public IReadOnlyList<DnView> Dns() => [.. _dns.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => View(one.Key, one.Value))];

    public Dictionary<string, TrunkSettings> Trunks() => new(_trunks, StringComparer.Ordinal);

    /// <summary>The trunk with the longest prefix of this number, or null: no dial plan reaches outside by default.</summary>
    public (string Name, TrunkSettings Trunk)? TrunkFor(string number)
    {
        var best = _trunks
            .SelectMany(one => one.Value.Prefixes, (one, prefix) => (one.Key, one.Value, prefix))
            .Where(one => number.StartsWith(one.prefix, StringComparison.Ordinal))
            .OrderByDescending(one => one.prefix.Length)
            .FirstOrDefault();
        return best.Key is null ? null : (best.Key, best.Value);
    }

    public DnView Put(string dn, DnInput input)
    {
        lock (_writing)
        {
            var old = Dn(dn);
            var settings = new DnSettings
            {
                Type = input.Type,
                SecretMd5 = input.Password is { } md5 ? Secret(dn, md5, MD5.HashData) : old?.SecretMd5,
                SecretSha256 = input.Password is { } sha ? Secret(dn, sha, SHA256.HashData) : old?.SecretSha256,
                Record = input.Record,
                DisplayName = input.DisplayName,
                AfterCallWorkSeconds = input.AfterCallWorkSeconds,
                RecordPercent = input.RecordPercent,
                Members = input.Members,
            };
            Save(_dns.Where(one => one.Key != dn).Append(new(dn, settings)), _trunks);
            _dns[dn] = settings;
            return View(dn, settings);
        }
    }

    public bool Delete(string dn)
    {
        lock (_writing)
        {
            if (!_dns.ContainsKey(dn)) return false;
            Save(_dns.Where(one => one.Key != dn), _trunks);
            return _dns.TryRemove(dn, out _);
        }
    }

    public void PutTrunk(string name, TrunkSettings trunk)
    {
        lock (_writing)
        {
            Save(_dns, _trunks.Where(one => one.Key != name).Append(new(name, trunk)));
            _trunks[name] = trunk;
        }
    }

    public bool DeleteTrunk(string name)
    {
        lock (_writing)
        {
            if (!_trunks.ContainsKey(name)) return false;
            Save(_dns, _trunks.Where(one => one.Key != name));
            return _trunks.TryRemove(name, out _);
        }
    }

    private static DnView View(string dn, DnSettings settings) => new(
        dn, settings.Type, settings.Record, settings.DisplayName, settings.AfterCallWorkSeconds, settings.RecordPercent,
        settings.Members, settings.SecretSha256 is not null);

    private string Secret(string dn, string password, Func<byte[], byte[]> hash) =>
        Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes($"{dn}:{_realm}:{password}")));

    private void Save(
        IEnumerable<KeyValuePair<string, DnSettings>> dns, IEnumerable<KeyValuePair<string, TrunkSettings>> trunks)
    {
        var stored = new StoredConfiguration { Realm = _realm, Dns = new(dns), Trunks = new(trunks) };
        Durable.Replace(
            _path,
            JsonSerializer.SerializeToUtf8Bytes(stored, ConfigurationJson.Default.StoredConfiguration),
            ownerOnly: true);
    }
}
