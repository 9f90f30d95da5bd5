using Tandem.Hosting;

namespace Tandem.MediaControlPlatform;

/// <summary>Role <c>mcp</c>: anchors, mixes and records the voice.</summary>
public static class MediaControlPlatformRole
{
    /// <exception cref="OptionsException">The configuration is refused or a port is taken; one sentence naming it.</exception>
    public static Task<IRole> StartAsync(RoleContext context, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var options = StrictOptions.Bind<McpOptions>(context.Configuration);
        return Task.FromResult<IRole>(McpRole.Start(context, options));
    }
}
