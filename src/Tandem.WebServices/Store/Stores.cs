using Tandem.Hosting;
using Tandem.WebServices.Composition;

namespace Tandem.WebServices.Store;

internal static class Stores
{
    public static async Task<DataStore> OpenAsync(RoleContext context, WebServicesOptions options, CancellationToken stop) =>
        options.Database == "sqlite"
            ? await SqliteStore.OpenAsync(Path.Combine(context.DataFolder, "tandem.db"), stop)
            : throw new NotSupportedException("PostgreSQL comes with the next stage.");
}
