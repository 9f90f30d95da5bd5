using System.Globalization;
using Tandem.Media.Bench;

// Relays and records two-channel G.711 calls with Tandem's engine, then the same calls with rtpengine recording to pcap in
// user space, then with our sockets alone, then with SIPp as a plain echo; and records calls as they come by SIPREC. The load comes from a process of its
// own, so that the recorder's CPU and the generator's are told apart. See README.md beside this file for what was found.
//   Tandem.Media.Bench [calls=200] [seconds=20] [record-only calls=0]
if (args is ["--load", var list, var warmUp, var measured])
    return LoadGenerator.Run(list, int.Parse(warmUp, CultureInfo.InvariantCulture), int.Parse(measured, CultureInfo.InvariantCulture));

var options = BenchOptions.Parse(args);
Console.WriteLine($"{options.Seconds} s measured after {BenchOptions.WarmUpSeconds} s of the same load, on {Environment.ProcessorCount} cores");
if (options.RecordOnly > 0)
    Console.WriteLine((await new TandemRun(options, options.RecordOnly, relayed: false).MeasureAsync()).Line(options));
if (options.Calls == 0)
    return 0;
var ours = await new TandemRun(options, options.Calls, relayed: true).MeasureAsync();
Console.WriteLine(ours.Line(options));
var theirs = await RtpengineRun.MeasureAsync(options);
Console.WriteLine(theirs?.Line(options) ?? "rtpengine is not on this machine: apt-get install rtpengine-daemon");
Console.WriteLine((await BareRelay.MeasureAsync(options)).Line(options));
var plain = await SippRun.MeasureAsync(options);
Console.WriteLine(plain?.Line(options) ?? "sipp is not on this machine: apt-get install sip-tester");
if (theirs is not null)
    Console.WriteLine($"ratio {ours.CpuSeconds / theirs.CpuSeconds:0.00} of rtpengine's CPU per recorded call");
if (plain is not null)
    Console.WriteLine($"ratio {ours.CpuSeconds / plain.CpuSeconds:0.00} of SIPp's CPU, which records nothing");
return 0;
