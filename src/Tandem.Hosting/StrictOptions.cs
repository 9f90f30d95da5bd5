using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Tandem.Hosting;

/// <summary>Binds a configuration section to an options record and refuses what it does not know.</summary>
public static class StrictOptions
{
    /// <summary>Every key of the section must be a property (compared without case), every value must convert, and every
    /// validation attribute (<c>[Range]</c>, <c>[Required]</c> …) must hold, in nested records and arrays too.</summary>
    /// <exception cref="OptionsException">One sentence that names the key.</exception>
    public static T Bind<T>(IConfiguration section) where T : class, new()
    {
        T options;
        try
        {
            options = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
        }
        catch (InvalidOperationException failure)
        {
            throw new OptionsException($"{Where(section)}{Sentence(failure)}", failure);
        }

        Validate(options, Where(section));
        return options;
    }

    private static string Where(IConfiguration section) =>
        section is IConfigurationSection { Path.Length: > 0 } named ? $"{named.Path}: " : "";

    private static string Sentence(Exception failure)
    {
        var deepest = failure;
        while (deepest.InnerException is { } inner)
            deepest = inner;
        var message = failure.Message.Contains("not found on the instance", StringComparison.Ordinal)
            ? "unknown key" + failure.Message[failure.Message.LastIndexOf(':')..]
            : failure.Message;
        return deepest == failure ? message : $"{message} {deepest.Message}";
    }

    private static void Validate(object options, string where)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
            throw new OptionsException($"{where}{results[0].ErrorMessage}");
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetValue(options) is not { } value)
                continue;
            if (value is System.Collections.IEnumerable many and not string)
            {
                foreach (var item in many)
                    ValidateNested(item, $"{where}{property.Name}: ");
            }
            else
            {
                ValidateNested(value, $"{where}{property.Name}: ");
            }
        }
    }

    private static void ValidateNested(object? value, string where)
    {
        if (value is not null && value.GetType() is { IsClass: true } type && type.Assembly != typeof(string).Assembly
            && type.Namespace?.StartsWith("Tandem", StringComparison.Ordinal) == true)
            Validate(value, where);
    }
}
