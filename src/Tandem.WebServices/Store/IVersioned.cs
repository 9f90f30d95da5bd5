namespace Tandem.WebServices.Store;

/// <summary>A row whose change must not overwrite another's: mark the property as concurrency check. The store counts
/// it up.</summary>
internal interface IVersioned
{
    long Version { get; set; }
}
