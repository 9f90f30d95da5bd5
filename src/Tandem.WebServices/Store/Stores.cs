using Npgsql;
using Tandem.Hosting;
using Tandem.WebServices.Composition;

namespace Tandem.WebServices.Store;

internal static class Stores
{
    /// <exception cref="OptionsException">The database cannot be opened; one sentence says why.</exception>
    public static async Task<DataStore> OpenAsync(RoleContext context, WebServicesOptions options, CancellationToken stop)
    {
        if (options.Database == "sqlite")
        {
            return await SqliteStore.OpenAsync(Path.Combine(context.DataFolder, "tandem.db"), stop);
        }

        try
        {
            return await PostgreSqlStore.OpenAsync(options.Database, stop);
        }
        catch (Exception failure) when (failure is NpgsqlException or ArgumentException)
        {
            throw new OptionsException($"web: Database: PostgreSQL cannot be opened: {failure.Message}", failure);
        }
    }
}
