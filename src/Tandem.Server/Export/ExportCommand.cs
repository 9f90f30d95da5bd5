using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tandem.Hosting;

namespace Tandem.Server.Export;

/// <summary><c>tandem export ID -o FILE</c>: one MP4 with both voices and the screen, taken from a running server by a user of
/// his own rights, so that it stands in the audit log under his name.</summary>
internal static class ExportCommand
{
    private const string PasswordVariable = "TANDEM_PASSWORD";

    private static readonly Argument<string> Interaction = new("id") { Description = "The call's CallUUID, as the console shows it" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "The MP4 to write; it must not be there yet", Required = true };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Whose screen, where several were recorded" };
    private static readonly Option<string> Server = new("--server")
    {
        Description = "Address of Interaction Recording Web Services", DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };
    private static readonly Option<string> User = new("--user")
    {
        Description = $"A supervisor or administrator; the password is read from {PasswordVariable} or asked for",
        DefaultValueFactory = _ => "admin",
    };

    internal static Command Create()
    {
        var command = new Command("export", "Make one MP4 of a call with both voices and the screen") { Interaction, Out, Agent, Server, User };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var file = Path.GetFullPath(parsed.GetValue(Out)!);
        if (Path.Exists(file))
            throw new OptionsException($"{file} is there already; name another file");
        // ffmpeg on the server may take its time; Ctrl+C ends the wait.
        using var http = new HttpClient { BaseAddress = ServerOf(parsed.GetValue(Server)!), Timeout = Timeout.InfiniteTimeSpan };
        var credentials = Encoding.UTF8.GetBytes($"{parsed.GetValue(User)}:{Password()}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var reply = await http.GetAsync(Address(parsed), HttpCompletionOption.ResponseHeadersRead, stop);
        if (!reply.IsSuccessStatusCode)
            throw new OptionsException(await ReasonAsync(reply, stop));
        await SaveAsync(reply.Content, file, stop);
        Console.WriteLine($"{file}: {new FileInfo(file).Length} bytes");
        return 0;
    }

    private static Uri ServerOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new OptionsException($"'{text}' given as --server is not an address such as http://127.0.0.1:8080");

    private static string Address(ParseResult parsed)
    {
        var address = $"/api/v2/interactions/{Uri.EscapeDataString(parsed.GetValue(Interaction)!)}/export.mp4";
        return parsed.GetValue(Agent) is { } agent ? $"{address}?agentId={Uri.EscapeDataString(agent)}" : address;
    }

    /// <summary>Under its name only when it is whole.</summary>
    private static async Task SaveAsync(HttpContent content, string file, CancellationToken stop)
    {
        var part = $"{file}.part";
        try
        {
            await using (var target = File.Create(part))
                await content.CopyToAsync(target, stop);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static string Password()
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given)
            return given;
        if (Console.IsInputRedirected)
            throw new OptionsException($"no password: set {PasswordVariable}, or run it on a terminal");
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage reply, CancellationToken stop)
    {
        var text = await reply.Content.ReadAsStringAsync(stop);
        var isProblem = reply.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var problem = isProblem ? JsonNode.Parse(text) : null;
        return $"the server refused ({(int)reply.StatusCode}): {problem?["detail"] ?? problem?["title"] ?? reply.ReasonPhrase}";
    }
}
