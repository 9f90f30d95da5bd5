namespace Tandem.Lab.Machines;

/// <summary>Other people's programs that the lab calls.</summary>
public static class Programs
{
    /// <exception cref="FileNotFoundException">One is not on the path; the message is one sentence that names it.</exception>
    public static void Require(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Find(name) is null)
                throw new FileNotFoundException($"{name} is not installed; ./setup installs what is missing");
    }

    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
