namespace Tandem.ScreenRecordingService.Tests;

/// <summary>One desk for tests that leave it as they found it.</summary>
public sealed class DeskFixture : IAsyncLifetime
{
    private Desk? desk;

    internal Desk Desk => desk!;

    public async ValueTask InitializeAsync() => desk = await Desk.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }
}
