using Tandem.Contracts.Cti;

namespace Tandem.WebServices.Cti;

/// <param name="Positions">What to remember once the batch is stored: DN (empty for all) and position.</param>
internal sealed record CtiBatch(string SourceUri, IReadOnlyList<CtiEvent> Events, IReadOnlyDictionary<string, CtiPosition> Positions);
