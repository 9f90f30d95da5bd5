namespace Tandem.WebServices.Store;

internal sealed record SchemaScript(long Number, string Name, string Sql);
