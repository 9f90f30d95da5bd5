using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Store;

/// <summary>The model; each feature brings its entities with an <see cref="IEntityTypeConfiguration{TEntity}"/> in its
/// own folder. Instants and durations are long microseconds, ids lower-case text. Made only by <see cref="DataStore"/>.</summary>
internal sealed class TandemDb(DbContextOptions<TandemDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TandemDb).Assembly);
}
