using Microsoft.Extensions.DependencyInjection;

namespace Tandem.WebServices.Audit;

internal static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>();
}
