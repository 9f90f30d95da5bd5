using System.CommandLine;

namespace Tandem.Server.Doctor;

/// <summary><c>tandem doctor</c>: says what would keep the server from working, and how to mend it. Exit code 1 where
/// anything would.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder (default ./tandem-data)",
        DefaultValueFactory = _ => "tandem-data",
    };

    internal static Command Create()
    {
        var command = new Command("doctor", "Check this machine and say how to mend what is wrong") { Data };
        command.SetAction(parsed =>
        {
            var findings = MachineChecks.All(parsed.GetRequiredValue(Data)).ToList();
            findings.ForEach(Console.WriteLine);
            return findings.TrueForAll(finding => finding.Mend is null) ? 0 : Failures.Refused;
        });
        return command;
    }
}
