using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Users;

/// <summary>At the very first start: user <c>admin</c> with a one-time password, logged once and written to
/// <c>first-password.txt</c> (mode 0600).</summary>
internal sealed partial class FirstAdministrator(DataStore store, RoleContext context, ILogger<FirstAdministrator> log)
{
    public const string FileName = "first-password.txt";
    public const string UserName = "admin";

    public async Task EnsureAsync(CancellationToken stop)
    {
        if (await store.ReadAsync(db => db.Set<UserAccount>().AnyAsync(stop), stop))
        {
            return;
        }

        var password = Tokens.Mint()[..20];
        var path = Path.Combine(context.DataFolder, FileName);
        await WriteFileAsync(path, password, stop);
        var user = new UserAccount
        {
            UserName = UserName,
            PasswordHash = Passwords.Hash(password),
            Roles = $"{Policies.Administrator},{Policies.Supervisor}",
        };
        await store.WriteAsync(db => { db.Add(user); return Task.CompletedTask; }, stop);
        LogCreated(log, UserName, password, path);
    }

    private static async Task WriteFileAsync(string path, string password, CancellationToken stop)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteLineAsync(password.AsMemory(), stop);
    }

    [LoggerMessage(6010, LogLevel.Warning, "First start: user {User}, one-time password {Password} (also in {Path}); change it")]
    private static partial void LogCreated(ILogger log, string user, string password, string path);
}
