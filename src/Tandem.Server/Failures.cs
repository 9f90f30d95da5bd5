using System.Net.Sockets;
using Tandem.Hosting;
using Tandem.Lab;

namespace Tandem.Server;

/// <summary>Turns what can be wrong with a machine or its configuration into one sentence and a non-zero exit. Anything
/// else is a bug and keeps its stack.</summary>
internal static class Failures
{
    internal const int Refused = 1;

    /// <summary>What shells make of a program that SIGINT ended.</summary>
    internal const int Interrupted = 130;

    internal static async Task<int> ReportAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OptionsException wrong)
        {
            return Say(wrong.Message);
        }
        catch (UnauthorizedAccessException denied)
        {
            return Say(denied.Message);
        }
        catch (LabException wrong)
        {
            return Say(wrong.Message);
        }
        catch (HttpRequestException refused)
        {
            return Say(refused.Message);
        }
        catch (TimeoutException late)
        {
            return Say(late.Message);
        }
        catch (IOException failed) when (failed.InnerException is SocketException or null)
        {
            return Say(failed.Message);
        }
    }

    private static int Say(string sentence)
    {
        Console.Error.WriteLine($"tandem: {sentence.TrimEnd('.')}.");
        return Refused;
    }
}
