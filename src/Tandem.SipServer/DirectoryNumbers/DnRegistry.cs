using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.DirectoryNumbers;

/// <summary>The state of all provisioned DNs. Used on the call loop only.</summary>
internal sealed class DnRegistry(ConfigurationStore configuration)
{
    private readonly Dictionary<string, DirectoryNumber> _numbers = new(StringComparer.Ordinal);

    /// <summary>Null when the DN is not provisioned.</summary>
    public DirectoryNumber? Find(string? dn)
    {
        if (dn is null || configuration.Dn(dn) is null) return null;
        if (!_numbers.TryGetValue(dn, out var number)) _numbers[dn] = number = new DirectoryNumber(dn);
        return number;
    }

    public IEnumerable<DirectoryNumber> Known => _numbers.Values;

    /// <summary>A phone registered or is gone.</summary>
    public void SetInService(string dn, bool inService, EventBatch batch)
    {
        var number = Find(dn);
        if (number is null || number.InService == inService) return;
        number.InService = inService;
        batch.Add(new CtiEvent
        {
            Name = inService ? CtiEventNames.BackInService : CtiEventNames.OutOfService,
            Time = batch.Time,
            ThisDN = dn,
        });
    }
}
