using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>A standing registration (RFC 3261 §10) of one contact.</summary>
public sealed partial class Registration : IAsyncDisposable
{
    /// <summary>The first final response; a 2xx means registered.</summary>
    public Task<SipResponse> First => _first.Task;

    /// <summary>Called after each attempt.</summary>
    public Action<SipResponse>? OnResult { get; set; }

    private readonly TaskCompletionSource<SipResponse> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
