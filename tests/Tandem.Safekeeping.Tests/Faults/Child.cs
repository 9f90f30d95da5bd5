using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Spooling;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Faults;

/// <summary>What this test program does when a test starts it as a child to be killed: the environment names the work and
/// the folder. Each line on standard output is an acknowledgement.</summary>
internal static class Child
{
    private const string Work = "TANDEM_TEST_CHILD";
    private const string Folder = "TANDEM_TEST_FOLDER";
    public const string StreamId = "5d0a3f52-2f4a-4c0b-9a51-0f4f2f4b7c11";
    public const string OwnerId = "owner-1";

    public static string Program => Environment.ProcessPath!;

    public static Dictionary<string, string> Environ(string work, string folder) => new() { [Work] = work, [Folder] = folder };

#pragma warning disable CA2255 // The only door into a test program that the test framework starts.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Work) is not { } work)
            return;
        try
        {
            Do(work, Environment.GetEnvironmentVariable(Folder)!);
            Environment.Exit(0);
        }
        catch (IOException failure)
        {
            Console.WriteLine($"failed: {failure.Message}");
            Environment.Exit(3);
        }
    }

    private static void Do(string work, string folder)
    {
        switch (work)
        {
            case "write":
                Durable.WriteAll(Path.Combine(folder, "file"), "content"u8);
                Say("written");
                break;
            case "session":
                Session(folder, appends: 3, finish: true);
                break;
            case "endless":
                Session(folder, appends: int.MaxValue, finish: false);
                break;
        }
    }

    private static void Session(string folder, int appends, bool finish)
    {
        var ingest = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "ingest.crt")));
        var spool = Spool.Open(Path.Combine(folder, "spool"), new SpoolOptions { IngestCertificate = ingest },
            TimeProvider.System, NullLogger.Instance);
        spool.Alarm += problem => Say("alarm " + problem);
        spool.Recover(_ => null);
        var opening = spool.Open(new StreamSidecar
        {
            StreamId = StreamId,
            Kind = StreamKind.Voice,
            OwnerId = OwnerId,
            SubjectId = "CALL",
            MediaType = "audio/PCMA",
            StartUs = 0,
            WrappedKey = "",
        });
        Say($"open {opening.Outcome}");
        if (opening.Stream is not { } stream)
            return;
        Say($"report {stream.UpdateReport("/report", "draft"u8)}");
        for (var i = 0; i < appends; i++)
            Say($"append {i} {stream.Append([(byte)i, (byte)(i >> 8)], i, i)}");
        if (finish)
            Say($"finish {stream.Finish("/report", "final"u8)}");
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
