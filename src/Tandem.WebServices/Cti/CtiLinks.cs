using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Cti;
using Tandem.Hosting;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Cti;

/// <summary>All configured CTI sources; a DN is registered at every one, for its calls may come by any; requests go to the one
/// that controls it.</summary>
internal sealed class CtiLinks(
    WebServicesOptions options, DataStore store, ICtiListener listener, DeskRoster roster, TimeProvider time, ILogger<CtiLinks> log) : IHostedService
{
    private readonly IReadOnlyList<CtiLink> _links = [.. options.CtiSources.Select(
        source => new CtiLink(source, store, listener, roster.FollowedDns, time, log))];
    private readonly List<SupervisedLoop> _loops = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops.AddRange(_links.Select(link => SupervisedLoop.Start("CTI link", link.RunAsync, time, log)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var loop in _loops)
        {
            await loop.DisposeAsync();
        }
    }

    /// <summary>Succeeds when any source knows the DN; sources that are down catch up when they are back.</summary>
    public async Task<CtiReply> RegisterAsync(string dn, CancellationToken stop)
    {
        var replies = await Task.WhenAll(_links.Select(link => link.Has(dn)
            ? Task.FromResult(new CtiReply(CtiOutcome.Done, null))
            : link.RegisterAsync(dn, stop)));
        return replies.OrderBy(reply => reply.Outcome).FirstOrDefault() ?? CtiReply.NotConnected;
    }

    public Task UnregisterAsync(string dn, CancellationToken stop) =>
        Task.WhenAll(_links.Select(link => link.UnregisterAsync(dn, stop)));

    /// <summary>To the source that controls <see cref="CtiRequest.ThisDN"/>.</summary>
    public Task<CtiReply> RequestAsync(CtiRequest request, CancellationToken stop) =>
        _links.FirstOrDefault(link => link.Controls(request.ThisDN ?? ""))?.RequestAsync(request, stop)
        ?? Task.FromResult(CtiReply.NotConnected);
}
