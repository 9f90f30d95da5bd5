using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Results;
using Tandem.Lab.World;
using Tandem.SystemTests.Scenarios;
using Tandem.TestKit;

namespace Tandem.SystemTests.Faults;

/// <summary>A backup and the vault beside it give every recording back; a spoilt backup gives nothing and says which file.</summary>
public sealed class BackupTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_was_recorded_plays_from_a_restored_backup_and_its_vault()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        var (code, recorded, said) = await SimProcess.RunAsync("simple", folder.At("media"), stop, "--data", folder.At("lost"));
        Assert.True(code == 0 && recorded is { Ok: true }, said);
        await SucceedsAsync(stop, "backup", "--data", folder.At("lost"), "--out", folder.At("copy"));
        Directory.Move(folder.At("lost", "vault"), folder.At("vault"));
        Directory.Delete(folder.At("lost"), recursive: true);

        await SucceedsAsync(stop, "restore", folder.At("copy"), "--data", folder.At("new"));
        Directory.Move(folder.At("vault"), folder.At("new", "vault"));

        var ports = ServerAddresses.Free();
        await using var server = await ServerProcess.StartAsync(folder.At("new"), ports, "sip,mcp,web", stop);
        using var web = new WebServicesClient(ports.WebUri, "admin", LabSecrets.AdminPassword(folder.At("new")));
        var interaction = Assert.Single(await InteractionReader.ReadAllAsync(web, stop));
        await SameAsync(web, interaction.Segments.Single().MediaUri!, folder.At("media", recorded.Interactions.Single().Segments.Single().File!), stop);
        await SameAsync(web, interaction.Screens.Single().MediaUri!, folder.At("media", recorded.Screens.Single().File!), stop);
    }

    [Fact]
    public async Task A_spoilt_backup_is_refused_by_the_name_of_the_file_and_nothing_is_written()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using (await ServerProcess.StartAsync(folder.At("data"), ServerAddresses.Free(), "sip,mcp,web", stop))
            await SucceedsAsync(stop, "backup", "--data", folder.At("data"), "--out", folder.At("copy"));
        var key = Directory.EnumerateFiles(folder.At("copy", "keys")).Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(key, stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(key, bytes, stop);

        var (code, said) = await TandemAsync(stop, "restore", folder.At("copy"), "--data", folder.At("new"));

        Assert.NotEqual(0, code);
        Assert.Contains($"{key} is not what was backed up", said, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("new", "tandem.db")));
    }

    private static async Task SameAsync(WebServicesClient web, string uri, string wanted, CancellationToken stop)
    {
        var found = $"{wanted}.restored";
        await web.DownloadAsync(uri, found, stop);
        Assert.Equal(await File.ReadAllBytesAsync(wanted, stop), await File.ReadAllBytesAsync(found, stop));
    }

    private static async Task SucceedsAsync(CancellationToken stop, params string[] arguments)
    {
        var (code, said) = await TandemAsync(stop, arguments);
        Assert.True(code == 0, said);
    }

    private static async Task<(int Code, string Said)> TandemAsync(CancellationToken stop, params string[] arguments)
    {
        await using var process = ChildProcess.Start(Binaries.Tandem, arguments);
        var code = await process.WaitForExitAsync(Limit, stop);
        return (code, process.Tail);
    }
}
