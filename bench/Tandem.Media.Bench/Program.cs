using Tandem.Media.Bench;

// Relays and records two-channel G.711 calls with Tandem's engine, then the same calls with rtpengine recording to pcap in
// user space, and prints both. The load comes from a process of its own, so that only the recorder's CPU is counted.
//   dotnet run -c Release --project bench/Tandem.Media.Bench -- [calls=200] [seconds=20]
if (args is ["--load", var ports, var seconds])
    return LoadGenerator.Run(ports, int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));

var options = BenchOptions.Parse(args);
Console.WriteLine($"{options.Calls} calls of two G.711 legs for {options.Seconds} s on {Environment.ProcessorCount} cores");
var ours = await TandemRun.MeasureAsync(options);
Console.WriteLine(ours.Line("tandem", options));
var theirs = await RtpengineRun.MeasureAsync(options);
if (theirs is null)
{
    Console.WriteLine("rtpengine    is not on this machine (Debian package rtpengine-daemon)");
    return 0;
}
Console.WriteLine(theirs.Line("rtpengine", options));
Console.WriteLine($"ratio        {ours.CpuSeconds / theirs.CpuSeconds:0.00} of rtpengine's CPU per recorded call");
return 0;
