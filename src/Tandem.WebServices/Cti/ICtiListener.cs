using Tandem.Contracts.Cti;

namespace Tandem.WebServices.Cti;

/// <summary>Takes the batches of all CTI sources, one at a time per source.</summary>
internal interface ICtiListener
{
    /// <summary>Returns once everything that follows from the batch is stored.</summary>
    Task TakeAsync(CtiBatch batch, CancellationToken stop);
}
