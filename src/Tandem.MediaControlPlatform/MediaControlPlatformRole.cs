using Tandem.Hosting;

namespace Tandem.MediaControlPlatform;

/// <summary>Role <c>mcp</c>: anchors, mixes and records the voice.</summary>
public static class MediaControlPlatformRole
{
    /// <exception cref="OptionsException">The configuration is refused or a port is taken; one sentence naming it.</exception>
    public static async Task<IRole> StartAsync(RoleContext context, CancellationToken stop) =>
        await McpRole.StartAsync(context, StrictOptions.Bind<McpOptions>(context.Configuration), stop);
}
