using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Tandem.WebServices.Store;

/// <summary>The model: every class with <see cref="TableAttribute"/> and every
/// <see cref="IEntityTypeConfiguration{TEntity}"/> of this assembly. Instants and durations are long microseconds, ids
/// lower-case text. Made only by <see cref="DataStore"/>.</summary>
internal sealed class TandemDb(DbContextOptions<TandemDb> options) : DbContext(options)
{
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(entry => entry.State == EntityState.Modified))
        {
            entry.Entity.Version++;
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var type in typeof(TandemDb).Assembly.GetTypes().Where(type => type.GetCustomAttribute<TableAttribute>() is not null))
        {
            modelBuilder.Entity(type);
        }

        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TandemDb).Assembly);
    }
}
