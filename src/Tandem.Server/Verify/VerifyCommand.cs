using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Tandem.Hosting;
using Tandem.Safekeeping.Proof;

namespace Tandem.Server.Verify;

/// <summary><c>tandem verify PATH or ID</c>: checks seals, hashes, signatures and the ledger, offline and without a key.
/// Exit 0 only when everything is as it was stored.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Target = new("path-or-id")
    {
        Description = "A recording's folder, a vault, a data folder; or a recording's id (with --data)",
    };
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder in which an id is looked up", DefaultValueFactory = _ => "tandem-data",
    };
    private static readonly Option<string?> Signer = new("--signer")
    {
        Description = "Certificate of the signer (PEM); default: keys/signing.crt in the data folder of the path",
    };

    internal static Command Create()
    {
        var command = new Command("verify", "Check that recordings are what was stored") { Target, Data, Signer };
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, stop)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var target = parsed.GetValue(Target)!;
        var path = Directory.Exists(target) ? target : FolderOf(target, parsed.GetValue(Data)!);
        using var signer = parsed.GetValue(Signer) is { } file ? X509CertificateLoader.LoadCertificateFromFile(file) : null;
        var report = RecordingVerifier.Verify(path, signer, stop);
        foreach (var fault in report.Faults)
            Console.WriteLine(fault);
        if (!report.SignerFound)
            Console.WriteLine("No signer's certificate was found: signatures and ledgers were not checked. Name it with --signer.");
        Console.WriteLine($"{Count(report.Recordings, "recording")}, {Count(report.Objects, "object")}, {Count(report.Bytes, "byte")}, "
            + $"{report.Unfinished} unfinished: {(report.IsIntact ? "intact" : Count(report.Faults.Count, "fault"))}");
        return report.IsIntact ? 0 : Failures.Refused;
    }

    private static string Count(long number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static string FolderOf(string id, string data)
    {
        var vault = Path.Combine(data, "vault");
        if (id.AsSpan().ContainsAny('/', '\\', '*') || !Directory.Exists(vault))
            throw new OptionsException($"there is no folder {id}, and no vault in {Path.GetFullPath(data)} to look it up in");
        return Directory.EnumerateDirectories(vault, id, SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new OptionsException($"there is no folder {id} and no recording of that id in {Path.GetFullPath(vault)}");
    }
}
